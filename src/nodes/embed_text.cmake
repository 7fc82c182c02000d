# cmake -DNAME=kDataManifests -DINPUT=data.json -DOUTPUT=data.cpp -P embed_text.cmake
# Writes a C++ source that holds a text file as `signalbox::nodes::NAME`.
file(READ "${INPUT}" content)
string(FIND "${content}" ")embedded\"" clash)
if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${INPUT} holds the delimiter of the raw string literal")
endif()
file(WRITE "${OUTPUT}" "#include \"nodes/embedded.h\"\n\nnamespace signalbox::nodes {\nconst std::string_view ${NAME} = R\"embedded(${content})embedded\";\n}  // namespace signalbox::nodes\n")

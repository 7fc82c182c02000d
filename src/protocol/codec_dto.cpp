#include "protocol/codec_impl.h"

SIGNALBOX_DTOS(SIGNALBOX_INSTANTIATE_CODEC)

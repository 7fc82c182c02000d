#include "gateway/sign_in_page.h"

#include <string_view>

#include "gateway/html_page.h"
#include "gateway/html_text.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kPage = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in - {{title}}</title>
<style nonce="{{nonce}}">{{style}}</style>
</head>
<body class="narrow">
<h1>Sign in</h1>
<p class="hint">{{title}}. {{why}}</p>
<form id="form">
<label for="login">Login</label>
<input id="login" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
<label for="password">Password</label>
<input id="password" type="password" autocomplete="current-password" required>
<button type="submit" id="send">Sign in</button>
</form>
<div id="answer" role="alert"></div>
<noscript><p class="bad">Signing in here needs scripts.</p></noscript>
<script nonce="{{nonce}}">
'use strict';
const send = document.getElementById('send');
const answer = document.getElementById('answer');
const password = document.getElementById('password');
function refuse(title, hint) {
  const heading = document.createElement('p');
  heading.className = 'bad';
  heading.textContent = title;
  const detail = document.createElement('p');
  detail.className = 'hint';
  detail.textContent = hint || '';
  answer.replaceChildren(heading, detail);
  password.value = '';
  password.focus();
}
async function signIn() {
  const reply = await fetch('/api/v1/auth/login', {method: 'POST', credentials: 'same-origin',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({login: document.getElementById('login').value, password: password.value, cookie: true})});
  if (reply.ok) return location.reload();
  let problem = {};
  try { problem = await reply.json(); } catch (error) { problem = {}; }
  refuse(problem.detail || 'The gateway refused (' + reply.status + ')', problem.hint);
}
document.getElementById('form').addEventListener('submit', event => {
  event.preventDefault();
  send.disabled = true;
  signIn().catch(error => refuse('No answer', String(error))).finally(() => { send.disabled = false; });
});
</script>
</body>
</html>
)html";

}  // namespace

bool readsPages(const HttpRequest& request) {
    const std::string* const accept = request.header("accept");
    return request.method == "GET" && accept != nullptr && accept->find("text/html") != std::string::npos;
}

Result<HttpResponse> signInPage(unsigned status, const Error& why, const std::string& title) {
    return servedPage(status, [&](const std::string& nonce) {
        return filledPage(kPage, [&](std::string_view name) {
            if (name == "title") return escaped(title.empty() ? "Signalbox" : title);
            if (name == "why") return escaped(why.message) + ".";
            if (name == "style") return std::string(kPageStyle);
            return name == "nonce" ? nonce : std::string();
        });
    });
}

}  // namespace signalbox::gateway

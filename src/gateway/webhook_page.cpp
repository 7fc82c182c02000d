#include "gateway/webhook_page.h"

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
<title>Test {{name}} - Signalbox</title>
<style nonce="{{nonce}}">{{style}}</style>
</head>
<body>
<h1>{{name}}</h1>
<p class="hint">Starts the workflow {{workflow}} for each delivery to <code id="address">/hooks/{{id}}</code>.{{state}}</p>
<form id="form" data-path="/hooks/{{id}}" data-name="{{name}}">
<label for="secret">Secret</label>
<input id="secret" type="password" autocomplete="off" spellcheck="false" required>
<p class="hint">It signs the delivery in this browser and is sent nowhere.</p>
<label for="body">Body (JSON)</label>
<textarea id="body" spellcheck="false">{}</textarea>
<button type="submit" id="send">Send a test delivery</button>
</form>
<div id="answer" role="status" aria-live="polite"></div>
<h2 class="hint">From a shell</h2>
<pre>timestamp=$(date +%s); body='{}'
signature=$(printf '%s.%s' "$timestamp" "$body" |
  openssl dgst -sha256 -hmac "$SECRET" -hex | sed 's/.* //')
curl -H 'Content-Type: application/json' \
  -H "Signalbox-Timestamp: $timestamp" -H "Signalbox-Signature: v1=$signature" \
  --data-binary "$body" <span id="url">/hooks/{{id}}</span></pre>
<script nonce="{{nonce}}">
'use strict';
const form = document.getElementById('form');
const answer = document.getElementById('answer');
const send = document.getElementById('send');
document.getElementById('url').textContent = location.origin + form.dataset.path;
function show(kind, title, text) {
  const heading = document.createElement('p');
  heading.className = kind;
  heading.textContent = title;
  const detail = document.createElement('pre');
  detail.textContent = text;
  answer.replaceChildren(heading, detail);
}
async function sign(secret, text) {
  const utf8 = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']);
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text)));
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
}
async function deliver() {
  const body = document.getElementById('body').value;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = await sign(document.getElementById('secret').value.trim(), timestamp + '.' + body);
  const reply = await fetch(form.dataset.path, {method: 'POST', credentials: 'omit', body, headers: {
    'Content-Type': 'application/json', 'Signalbox-Timestamp': timestamp, 'Signalbox-Signature': 'v1=' + signature}});
  const text = await reply.text();
  let shown = text;
  try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch (error) { shown = text; }
  if (reply.ok) show('good', 'Accepted (' + reply.status + '): a run has started', shown);
  else show('bad', 'Refused (' + reply.status + ')', shown);
}
form.addEventListener('submit', event => {
  event.preventDefault();
  if (!window.crypto || !crypto.subtle) {
    show('bad', 'This browser signs nothing here', 'Signing needs https or localhost: use the shell command below.');
    return;
  }
  send.disabled = true;
  deliver().catch(error => show('bad', 'No answer', String(error))).finally(() => { send.disabled = false; });
});
</script>
</body>
</html>
)html";

std::string valueOf(std::string_view name, const protocol::WebhookDto& webhook, const std::string& nonce) {
    if (name == "id") return escaped(webhook.id);
    if (name == "name") return escaped(webhook.name);
    if (name == "workflow") return escaped(webhook.workflowId);
    if (name == "state") return webhook.enabled ? "" : " <strong>It is disabled: every delivery is refused.</strong>";
    if (name == "style") return std::string(kPageStyle);
    return name == "nonce" ? nonce : std::string();
}

}  // namespace

std::string webhookPage(const protocol::WebhookDto& webhook, const std::string& nonce) {
    return filledPage(kPage, [&](std::string_view name) { return valueOf(name, webhook, nonce); });
}

}  // namespace signalbox::gateway

#include "gateway/reference_wire.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "gateway/html_text.h"

namespace signalbox::gateway {

namespace {

/// `words`: what a search finds it by, in lower case. `inside`: HTML.
struct Topic {
    std::string_view id;
    std::string_view title;
    std::string_view words;
    std::string_view inside;
};

constexpr Topic kRequests{
    "wire-requests", "Requests: conditions, keys, pages, limits, traces",
    "if-match etag idempotency-key retry link cursor limit page ratelimit retry-after 429 traceparent tracestate "
    "x-request-id gzip head options",
    R"html(<table>
<tr><td><code>ETag</code>, <code>If-Match</code></td><td>What can be edited is read with an ETag, and changed with it in
<code>If-Match</code>: 412 when somebody was faster, 428 without it. <code>If-None-Match: *</code> makes what is not there.
A route that cannot honour <code>If-Match</code> refuses it.</td></tr>
<tr><td><code>Idempotency-Key</code></td><td>Up to 24 hours, over restarts too, the same request with the same key is done
once and answered as before.</td></tr>
<tr><td><code>limit</code>, <code>cursor</code></td><td>Lists come in pages of 100 unless <code>limit</code> says otherwise.
The next one is where <code>Link</code> with <code>rel="next"</code> leads; an empty <code>nextCursor</code> is the end.
Inserts and deletes in between move nothing.</td></tr>
<tr><td><code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code>, <code>RateLimit-Reset</code></td><td>How many
requests the stricter of the limits of caller and address leaves, and the seconds until it is whole again. Beyond it the
answer is 429 with <code>Retry-After</code> in seconds; 503 has that too.</td></tr>
<tr><td><code>X-Request-Id</code>, <code>traceparent</code>, <code>tracestate</code></td><td>Taken from the request or made,
and in every answer, in the log and in the exported span.</td></tr>
<tr><td><code>Prefer: wait=N</code>, <code>?wait=N</code></td><td>A start then answers when the run has ended, or after N
seconds with 202 and its address.</td></tr>
</table>)html"};

constexpr Topic kSocket{
    "wire-socket", "WebSocket: /api/v1/ws",
    "websocket signalbox.v1 subprotocol hello authenticate request reply subscribe subscribed events lost unsubscribe "
    "ping pong session closing close code 4401 4403 4408 4409 1009 1013 1001 deflate",
    R"html(<p>Subprotocol <code>signalbox.v1</code>, text messages of JSON, permessage-deflate offered. Credentials come with the
upgrade (<code>Authorization</code>, or the cookie from a page of this gateway), or as the first message within 10 s.</p>
<table>
<tr><th scope="col">You send</th><th scope="col">It answers</th></tr>
<tr><td><code>{"type":"authenticate","token":"..."}</code></td><td><code>{"type":"hello","protocolMajor":1,
"protocolMinor":0,"gateway":{...},"account":{...},"heartbeat":15}</code>, or <code>{"type":"refused","error":{...}}</code>
and the end</td></tr>
<tr><td><code>{"type":"request","id":7,"call":"runs.get","params":{"runId":"..."}}</code></td><td><code>{"type":"reply",
"id":7,"result":{...}}</code> or <code>{"type":"reply","id":7,"error":{...}}</code>, in any order. Calls are the operations
on this page, params their members. <code>traceparent</code> and <code>tracestate</code> may come along.</td></tr>
<tr><td><code>{"type":"subscribe","id":8,"filter":{"runId":"..."}}</code></td><td><code>{"type":"subscribed","id":8,
"seq":41}</code>, then <code>{"type":"events","id":8,"events":[...]}</code>. <code>afterSeq</code> in the filter goes on
behind the last event seen; an event of kind <code>lost</code> (<code>seq</code> to <code>lostUntil</code>) says what could
not be kept.</td></tr>
<tr><td><code>{"type":"unsubscribe","id":8}</code></td><td><code>{"type":"unsubscribed","id":8}</code></td></tr>
<tr><td><code>{"type":"ping","id":9}</code></td><td><code>{"type":"pong","id":9}</code></td></tr>
</table>
<p>Unasked: <code>{"type":"session","event":"ended","reason":"..."}</code> and <code>{"type":"closing",
"reason":"draining"}</code>. The server pings every 15 s and ends who is silent for three of them. Every reply and event is
checked against what its receiver may see at that moment. Members that are not known are refused, unless the message names a
later <code>protocolMinor</code>.</p>
<table>
<tr><th scope="col">Close code</th><th scope="col">Because</th></tr>
<tr><td>1001</td><td>the gateway goes away: come again</td></tr>
<tr><td>1003, 1007</td><td>binary, or text that is no UTF-8</td></tr>
<tr><td>1009</td><td>a message is too large: 16 MiB, 8 KiB before authentication</td></tr>
<tr><td>1013</td><td>replies were not read, or there is no room for more messages</td></tr>
<tr><td>4401, 4403, 4408</td><td>wrong credentials, another tenant, none within 10 s</td></tr>
<tr><td>4409</td><td>the session has ended: signed out, revoked, expired, or replaced by a newer one</td></tr>
</table>)html"};

constexpr Topic kEvents{
    "wire-events", "Server-sent events: /api/v1/events",
    "sse server-sent events last-event-id afterseq lost resume text/event-stream retry end",
    R"html(<p>The same events for browsers and <code>curl -N</code>; the members of the filter are query parameters. Each has an
<code>id</code> (its number), the kind as <code>event</code>, and one line of JSON as <code>data</code>. A browser resumes by
itself with <code>Last-Event-ID</code>; others with <code>afterSeq</code>. What could not be kept is one event
<code>lost</code>. The last event is <code>end</code> with a reason when the gateway ends the stream. Comments come when
nothing else does, so that a dead connection shows.</p>
<p>Each kind needs its own permission; ask with <code>false</code> for those you may not read. A key for monitoring:</p>
<pre>curl -N -H "Authorization: Bearer $KEY" \
  "$GATEWAY/api/v1/events?metrics=true&amp;runs=false&amp;nodes=false&amp;logs=false&amp;workflows=false"</pre>)html"};

constexpr Topic kWebhooks{
    "wire-webhooks", "Webhooks: signing a delivery",
    "webhook signalbox-signature signalbox-timestamp hmac sha256 replay window openssl curl sign secret",
    R"html(<p>A delivery carries <code>Signalbox-Timestamp</code>, seconds since 1970, and <code>Signalbox-Signature:
v1=HEX</code>: HMAC-SHA256 with the webhook's secret over the timestamp, a dot, and the body, byte for byte. A timestamp
further off than the webhook's tolerance (5 minutes unless set) is refused; within it the same delivery again is answered
with the run that the first one started.</p>
<pre>timestamp=$(date +%s); body='{"order": 7}'
signature=$(printf '%s.%s' "$timestamp" "$body" |
  openssl dgst -sha256 -hmac "$SECRET" -hex | sed 's/.* //')
curl -H 'Content-Type: application/json' \
  -H "Signalbox-Timestamp: $timestamp" -H "Signalbox-Signature: v1=$signature" \
  --data-binary "$body" "$GATEWAY/hooks/$WEBHOOK"</pre>
<p>A browser can try one at <code>/hooks/{id}/test</code>.</p>)html"};

constexpr std::array kTopics{kRequests, kSocket, kEvents, kWebhooks};

}  // namespace

std::string wireHtml() {
    std::string html;
    for (const Topic& topic : kTopics) {
        html += fmt::format(
            R"(<details class="type" id="{0}" data-text="{1}"><summary>{2}</summary><div class="inside">{3}</div></details>)",
            topic.id, escaped(topic.words), escaped(topic.title), topic.inside);
    }
    return html;
}

}  // namespace signalbox::gateway

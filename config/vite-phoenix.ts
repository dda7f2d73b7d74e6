import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const sources = path('../node_modules/phoenix/assets/js/phoenix/');

/** Phoenix's groups of constants, which are written out where they are used. */
const constants = new Map(
  [
    ...readFileSync(`${sources}constants.js`, 'utf8').matchAll(/export const (\w+) = \{([^}]+)\}/g),
  ].flatMap(([, group = '', members = '']) =>
    [...members.matchAll(/(\w+): ("\w+"|\d+)/g)].map(([, name = '', value = '']) => [
      `${group}.${name}`,
      value,
    ]),
  ),
);

/** What long polling gets for `phoenix`, so that it is a chunk of its own. */
const longPoll = path('phoenix/phoenix-longpoll.js');

/** What the socket gets in place of Phoenix's own modules. */
const replaced = new Set(['./ajax', './longpoll', './serializer']);

/**
 * Methods of Phoenix's socket that are not called here: its own fallback, its log, and what listens
 * to a page, as the transport does itself.
 */
const unused = new Set([
  'cancelFallback',
  'connectWithFallback',
  'connectionState',
  'handleVisibilityChange',
  'leaveOpenTopic',
  'pageHidden',
  'getLongPollTransport',
  'getSession',
  'hasLogger',
  'log',
  'protocol',
  'replaceTransport',
  'storeSession',
  'transportName',
]);

/** Text of Phoenix's sources that goes, and what comes instead. */
const cuts: Record<string, [string | RegExp, string][]> = {
  socket: [
    [/\bthis\.hasLogger\(\)/g, 'false'],
    ['this.log("Not reconnecting as page is hidden!")', ''],
    ['this.logger = opts.logger || null', ''],
    ['!this.logger && opts.debug', 'false'],
    [/\bthis\.(?:primaryPassedHealthCheck|fallbackRef|fallbackErrorRef|fallbackTimer) = .+/g, ''],
    ['clearTimeout(this.fallbackTimer)', ''],
    [/\bthis\.(?:longPollFallbackMs|sessionStore) = .+/g, ''],
    ['this.longPollFallbackMs && this.transport !== LongPoll', 'false'],
    // A topic sets the one, the connection gives the other; no parameters go with `connect`.
    ['if(opts.rejoinAfterMs)', 'if(true)'],
    ['if(opts.reconnectAfterMs)', 'if(true)'],
    ['if(params)', 'if(false)'],
    // The address is never relative, and has no parameters.
    [
      /let uri = Ajax\.appendParams\([\s\S]+?\{vsn: this\.vsn\}\)\s+if\(uri\.charAt\(0\) !== "\/"\)\{ return uri \}/,
      'return this.endPoint + "?vsn=2.0.0"',
    ],
    ['this.params = closure(opts.params || {})', ''],
    ['this.vsn = opts.vsn || DEFAULT_VSN', ''],
    // The page's coming and going is heard by what is around it.
    ['if(phxWindow && phxWindow.addEventListener)', 'if(false)'],
    ['let awaitingConnectionOnPageShow = null', ''],
    ['this.visibilityConnection = null', ''],
    // Once a connection is lost, the transport makes the next one: what this would wait for.
    [/this\.reconnectTimer = new Timer\([\s\S]+?\}, this\.reconnectAfterMs\)/, ''],
    [/this\.reconnectTimer\.scheduleTimeout\(\)/g, 'this.reconnectAfterMs()'],
    [/this\.reconnectTimer\.reset\(\)/g, ''],
    ['clearTimeout(this.reconnectTimer.timer)', ''],
    // Frames are text of one form, and all times are given.
    ['this.binaryType = opts.binaryType || "arraybuffer"', ''],
    ['transport.binaryType = this.binaryType', ''],
    [/this\.default(?:En|De)coder = .+/g, ''],
    [
      /if\(this\.transport !== LongPoll\)\{\s+this\.encode = [\s\S]+?\} else \{[\s\S]+?\}/,
      'this.encode = Serializer.encode; this.decode = Serializer.decode',
    ],
    ['opts.timeout || DEFAULT_TIMEOUT', 'opts.timeout'],
    ['opts.transport || global.WebSocket || LongPoll', 'opts.transport || globalThis.WebSocket'],
    ['opts.heartbeatIntervalMs || 30000', 'opts.heartbeatIntervalMs'],
    ['opts.longpollerTimeout || 20000', '20000'],
    ['opts.authToken && closure(opts.authToken)', 'opts.authToken'],
    ['this.connectionState() === "open"', '!!this.connection && this.connection.isOpen()'],
    // Channels alone hear what comes.
    [', message: []', ''],
    [/onMessage\(callback\)\{[\s\S]+?return ref\s+\}/, ''],
    [/const callbacks = this\.stateChangeCallbacks\.message[\s\S]+?callback\(msg\)\s+\}/, ''],
  ],
  // What guards against callers that this code is not.
  channel: [
    [/\bthis\.socket\.hasLogger\(\)/g, 'false'],
    ['if(payload && !handledPayload)', 'if(false)'],
    ['if(!this.joinedOnce)', 'if(false)'],
    ['if(this.joinedOnce)', 'if(false)'],
    // No two channels have one topic.
    ['this.socket.leaveOpenTopic(this.topic)', ''],
  ],
};

/**
 * Members that only Phoenix's own classes use, which no minifier dares to rename; none of them is an
 * option, a part of the interface, or known to the transports.
 */
const inner = (
  'stateChangeCallbacks connectClock closeWasClean rejoinTimer reconnectTimer pendingHeartbeatRef ' +
  'triggerChanError refEvent receivedResp timeoutTimer sendBuffer isConnected clearHeartbeats ' +
  'bindings visibilityConnection stateChangeRefs pushBuffer joinedOnce heartbeatTimer ' +
  'transportConnect teardownAndReconnect teardown stillUses scheduleTimeout recHooks ' +
  'heartbeatTimeoutTimer establishedConnections defaultEncoder defaultDecoder closeHandled ' +
  'channelsErrored cancelRefEvent waitForSocketClosed waitForBufferDone timerCalc startTimeout ' +
  'sendHeartbeat pageHidden isOutdated isLeaving isErrored isConnecting isClosed hasReceived ' +
  'handleVisibilityChange endPointURL cancelTimeout canPush bindingRef resetHeartbeat ' +
  'replyEventName onConnOpen onConnMessage onConnError onConnClose matchReceive isMember ' +
  'isJoining isJoined heartbeatTimeout flushSendBuffer connectionState leaveOpenTopic ' +
  'joinPush joinRef makeRef isCurrent isOpen pings'
).split(' ');

interface Node {
  type: string;
  start: number;
  end: number;
  body?: Node | Node[];
  declaration?: Node;
  key?: { name?: string };
}

function lean(name: string, code: string, program: Node): string {
  let result = code;
  for (const { declaration } of program.body as Node[]) {
    if (declaration?.type !== 'ClassDeclaration') continue;
    const members = (declaration.body as Node).body as Node[];
    for (const { start, end, key } of members.toReversed()) {
      if (unused.has(key?.name ?? '')) result = result.slice(0, start) + result.slice(end);
    }
  }
  for (const [text, instead] of cuts[name] ?? []) {
    const cut = result.replace(text, instead);
    if (cut === result) throw new Error(`phoenix/${name}.js no longer holds ${text}.`);
    result = cut;
  }
  result = result.replace(/\b[A-Z]{2,}_?[A-Z]+\.\w+/g, (name) => constants.get(name) ?? name);
  const words = new RegExp(`\\b(?:${inner.join('|')})\\b`, 'g');
  return result.replace(words, (member) => `_${inner.indexOf(member).toString(36)}`);
}

/**
 * Bundles Phoenix's client from its sources, so that long polling becomes a chunk of its own: the
 * socket holds it only as a default, and is always told its transport here. The socket's own copy
 * of long polling, the requests that go with it, binary frames and its log are left out: a third
 * of it.
 */
export function leanPhoenix(): Plugin {
  return {
    name: 'lean-phoenix',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^phoenix$|^\.\/\w+$/ },
      handler(source, importer) {
        if (source === 'phoenix') {
          const polls = importer?.endsWith('/header-long-poll.ts');
          const id = polls ? longPoll : `${sources}index.js`;
          return { id, moduleSideEffects: false };
        }
        if (!importer?.startsWith(sources)) return null;
        return importer.endsWith('/socket.js') && replaced.has(source)
          ? path(`phoenix/${source.slice(2)}.ts`)
          : { id: `${sources}${source.slice(2)}.js`, moduleSideEffects: false };
      },
    },
    transform: {
      filter: { id: /\/phoenix\/(?:socket|channel|push|timer|connection|longpoll)\.js$/ },
      handler(code, id) {
        const name = id.slice(sources.length, -'.js'.length);
        return { code: lean(name, code, this.parse(code) as unknown as Node), map: null };
      },
    },
  };
}

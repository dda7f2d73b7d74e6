import type { Fanout, FanoutMessage } from '../phoenix/fanout.js';
import type { ClusterBus } from './bus.js';

/** The fan-out of Phoenix channels; bytes travel as base64. */
export function clusterFanout(bus: ClusterBus): Fanout {
  return {
    publish: (topic, message) => bus.publish('phoenix', topic, encode(message)),
    subscribe: (listener) =>
      bus.subscribe('phoenix', (message) => listener(decode(message as FanoutMessage | Encoded))),
    isCut: () => !bus.isConnected,
  };
}

interface Encoded {
  type: 'bytes';
  node: string;
  topic: string;
  base64: string;
}

function encode(message: FanoutMessage): FanoutMessage | Encoded {
  if (message.type !== 'broadcast' || typeof message.frame === 'string') return message;
  const { node, topic, frame } = message;
  return { type: 'bytes', node, topic, base64: Buffer.from(frame).toString('base64') };
}

function decode(message: FanoutMessage | Encoded): FanoutMessage {
  if (message.type !== 'bytes') return message;
  const { node, topic, base64 } = message;
  return { type: 'broadcast', node, topic, frame: Buffer.from(base64, 'base64') };
}

import { CodedError } from '#kit/protocol/errors.js';
import { socketNames } from '../auth/socket-names.js';
import type { Caller } from '../auth/tokens.js';
import type { Ports } from '../usecases/act.js';
import { welcome } from '../usecases/welcome.js';
import type { Assigns } from './assigns.js';

const sideBySide = 4;

/**
 * Asks of everybody who is connected to this server whether they may be, and closes the sockets of
 * those who may not: what told to close them was lost, and who only listens says nothing that they
 * could be refused at. Rejects where the database is away.
 */
export async function recheckSockets(
  ports: Pick<Ports, 'storage' | 'clock'>,
  sockets: Iterable<{ assigns: Pick<Assigns, 'caller' | 'network'> }>,
  disconnect: (socketName: string) => void,
): Promise<void> {
  // Of many tabs one is asked for.
  const asked = new Map<string, Pick<Assigns, 'caller' | 'network'>>();
  for (const { assigns } of sockets)
    asked.set(`${nameOf(assigns.caller)} ${assigns.network}`, assigns);
  const rest = asked.values();
  const worker = async (): Promise<void> => {
    for (const { caller, network } of rest) {
      try {
        await welcome(ports, caller, network);
      } catch (fault) {
        if (!isRefusal(fault)) throw fault;
        disconnect(nameOf(caller));
      }
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
}

/** The smallest that a revocation ends. */
function nameOf(caller: Caller): string {
  if (caller.type === 'visitor') return socketNames.browser(caller.tokenId);
  const { agentId, sessionId } = caller;
  return sessionId === null ? socketNames.agent(agentId) : socketNames.session(sessionId);
}

function isRefusal(fault: unknown): boolean {
  return (
    fault instanceof CodedError &&
    (fault.code === 'token_invalid' || fault.code === 'chat_unavailable')
  );
}

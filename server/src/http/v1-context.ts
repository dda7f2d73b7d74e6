import type { Config } from '../config.js';
import type { Lockout } from '../auth/lockout.js';
import type { HostTokens } from '../auth/host-tokens.js';
import type { HashNetwork } from '../auth/network-hash.js';
import type { Passwords } from '../auth/passwords.js';
import type { Tokens } from '../auth/tokens.js';
import type { VisitorIdentities } from '../auth/visitor-identities.js';
import type { Origins } from '../origins.js';
import type { RateLimits } from '../rate-limits.js';
import type { Ports } from '../usecases/act.js';

/** What the routes under `/v1` work with. */
export interface V1Context {
  config: Config;
  ports: Ports & {
    tokens: Tokens;
    passwords: Passwords;
    lockout: Lockout;
    hostTokens: HostTokens;
    identities: VisitorIdentities;
  };
  origins: Origins;
  rateLimits: RateLimits;
  hashNetwork: HashNetwork;
}

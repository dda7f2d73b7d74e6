import { hash, verify } from '@node-rs/argon2';

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time whether there is a hash or not. */
  matches(passwordHash: string | null, password: string): Promise<boolean>;
}

/** argon2id with OWASP's parameters. */
export function createPasswords(): Passwords {
  const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, options),
    async matches(passwordHash, password) {
      decoy ??= hash('no password matches this', options);
      const matched = await verify(passwordHash ?? (await decoy), password);
      return matched && passwordHash !== null;
    },
  };
}

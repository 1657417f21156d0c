import { hash, verify } from "@node-rs/argon2";
import type { PasswordHasher } from "../../core/accounts/ports.ts";

/** argon2id with 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet, first choice. Runs in the thread pool. */
export const argon2Hasher: PasswordHasher = {
  hash: (password) => hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
  verify: (stored, password) => verify(stored, password),
};

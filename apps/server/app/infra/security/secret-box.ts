import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { SecretBox } from "../../core/security/ports.ts";

/** Bytes of a nonce of AES-GCM (NIST SP 800-38D, 8.2.1). */
const NONCE_BYTES = 12;

/** Bytes of its tag. */
const TAG_BYTES = 16;

/** How a sealed secret begins, by what was done to it. */
const PLAIN = "plain:";
const ENCRYPTED = "aes256gcm:";

/**
 * Encrypts with AES-256-GCM, the owner as associated data. Without a key secrets are kept as they are; with one, those
 * that were kept so before still open.
 *
 * @param key 32 bytes
 */
export function createSecretBox(key: Buffer | undefined): SecretBox {
  return {
    seal(secret, owner) {
      if (!key) return PLAIN + secret;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return ENCRYPTED + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
    },
    open(sealed, owner) {
      if (sealed.startsWith(PLAIN)) return sealed.slice(PLAIN.length);
      if (!key || !sealed.startsWith(ENCRYPTED)) throw new Error("a secret cannot be read: is ENCRYPTION_KEY the one?");
      const bytes = Buffer.from(sealed.slice(ENCRYPTED.length), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
    },
  };
}

/**
 * The version of the wire contract that `session:ready` announces.
 *
 * A client refuses a server whose number it does not know. `version.test.ts` hashes every wire schema, so that a change
 * of shape fails until this number and the history below have been looked at.
 *
 * 1: the first contract.
 */
export const PROTOCOL_VERSION = 1;

import { storageFault } from "./storage-fault.ts";

/**
 * Puts a message with its files or, where there is no room for those, without them: they are on this device all the same
 * while the program runs, and what is cached of conversations should not go for the sake of a film.
 */
export async function keepIfRoom(
  files: readonly Blob[] | undefined,
  put: (files: readonly Blob[] | undefined) => Promise<void>,
): Promise<void> {
  try {
    await put(files);
  } catch (error) {
    if (!files || storageFault(error) !== "full") throw error;
    await put(undefined);
  }
}

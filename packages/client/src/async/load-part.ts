import { unavailable } from "../errors.ts";

/**
 * Loads code of the library that is not needed to show what is stored.
 *
 * @throws {ImError} `UNAVAILABLE` where it cannot be loaded, as without a network; another attempt may succeed
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    throw unavailable("network", "Code could not be loaded");
  }
}

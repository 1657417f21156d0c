/** Freezes a value with all that it holds; changing a frozen map throws as well. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) {
    for (const [key, held] of value) {
      deepFreeze(key);
      deepFreeze(held);
    }
    const refuse = (): never => {
      throw new TypeError("A frozen map was changed");
    };
    Object.assign(value, { set: refuse, delete: refuse, clear: refuse });
  }
  for (const held of Object.values(value)) deepFreeze(held);
  return Object.freeze(value);
}

/**
 * The Redis that the test run started.
 *
 * @throws {Error} saying how to run these tests when there is none
 */
export function testRedisUrl(): string {
  const url = process.env.TEST_REDIS_URL;
  if (url === undefined || url === "") {
    throw new Error("TEST_REDIS_URL names no server: run these tests by `npm run test:integration`");
  }
  return url;
}

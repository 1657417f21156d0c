// As the guide says under "Embedding": a user made by the backend, who signs in by a token.
import { ImClient, openStore } from "@im-webapp/client";

const [url, key] = process.argv.slice(2);

async function post(path, body) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const answer = await fetch(`${url}/api/v1/server/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

const store = await openStore(url);
const user = { username: "embedded", displayName: "Embedded" };
const [{ userId }] = (await post("users", { users: [user] })).users;
const device = { deviceId: await store.deviceId(), name: "web" };
const [{ token, expiresAt }] = (await post("tokens", { tokens: [{ userId, device }] })).tokens;
await store.saveSession({ token, expiresAt, me: { userId, ...user } });

const client = new ImClient({ url, deviceName: "web", store });
await client.start();
await new Promise((resolve) => {
  const end = client.select(
    (state) => state.connection.status,
    (status) => {
      if (status !== "online") return;
      console.log(`${client.getState().me.displayName} is ${status}`);
      end();
      resolve();
    },
  );
});
await client.close();

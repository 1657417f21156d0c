import { ImClient } from "@im-webapp/client";

const client = new ImClient({ url: "http://localhost:7001", deviceName: "embedder" });
await client.start();
document.title = `stored: ${client.getState().storage}`;

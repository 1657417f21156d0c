import { env } from "node:process";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the server listens while Vite serves the pages; the server's own default otherwise. */
const server = env.IM_SERVER_URL ?? "http://localhost:7001";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "dist",
    target: "es2022",
    rolldownOptions: {
      input: { page: "index.html", "service-worker": "src/service-worker/main.ts" },
      output: {
        // Its address is its identity and its place bounds what it serves: it stays beside the page.
        entryFileNames: ({ name }) => (name === "service-worker" ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
    // The first versions with light-dark(), which the colour tokens are written in.
    cssTarget: ["chrome123", "safari17.5", "firefox120"],
  },
  server: {
    proxy: {
      "/api": server,
      "/healthz": server,
      "/readyz": server,
      "/metrics": server,
      "/socket.io": { target: server, ws: true },
    },
  },
});

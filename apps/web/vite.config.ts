import { env } from "node:process";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** Where the server listens while Vite serves the pages; the server's own default otherwise. */
const server = env.IM_SERVER_URL ?? "http://localhost:7001";

/** Large parts that only some need: kept when they are first loaded, and not before. */
const LATER = ["assets/later/*", "assets/highlight-code-*", "assets/viewer-*"];

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src/service-worker",
      filename: "service-worker.ts",
      // The pages register it themselves, and their manifest is one of `public`, by language.
      injectRegister: null,
      manifest: false,
      injectManifest: {
        globPatterns: ["index.html", "theme.js", "icon*.svg", "assets/**/*.{js,css}"],
        globIgnores: LATER,
      },
    }),
  ],
  build: {
    outDir: "dist",
    target: "es2022",
    rolldownOptions: {
      output: {
        // Packages that are loaded by themselves are data for one purpose: emoji, the readings of Chinese names.
        chunkFileNames: ({ facadeModuleId }) =>
          facadeModuleId?.includes("/node_modules/") === true
            ? "assets/later/[name]-[hash].js"
            : "assets/[name]-[hash].js",
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

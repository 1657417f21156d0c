import { ImClient } from "@im-webapp/client";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { App } from "./app/app.tsx";
import { routes } from "./app/routes.tsx";
import { followSystemTheme } from "./features/settings/theme.ts";
import { initTexts } from "./i18n/index.ts";
import { deviceName } from "./lib/device-name.ts";
import "./styles/main.css";

const container = document.getElementById("root");
if (container === null) throw new Error("index.html has no #root");

const client = new ImClient({ url: window.location.origin, deviceName: deviceName(navigator.userAgent) });
void client.start();
await initTexts();
followSystemTheme();

createRoot(container).render(
  <StrictMode>
    <App client={client} router={createBrowserRouter(routes)} />
  </StrictMode>,
);

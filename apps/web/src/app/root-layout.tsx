import { Outlet } from "react-router";
import { useClientState } from "@im-webapp/react";
import { BackCloses } from "./back-closes.tsx";
import { Splash } from "./splash.tsx";

/** Waits for the local cache, so that no page decides who is signed in before that is known. */
export function RootLayout() {
  const isLoaded = useClientState((state) => state.loaded);
  if (!isLoaded) return <Splash />;
  return (
    <>
      <BackCloses />
      <Outlet />
    </>
  );
}

import { useEffect } from "react";
import { useNavigate } from "react-router";

/** Shows the conversation of a notification that somebody has clicked on while a page is open. */
export function useOpenedNotifications(): void {
  const navigate = useNavigate();
  useEffect(() => {
    // Absent where the page is served neither by HTTPS nor from this machine.
    const container = "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
    const open = ({ data }: MessageEvent<unknown>) => {
      const path = typeof data === "object" && data !== null && "open" in data ? data.open : undefined;
      if (typeof path === "string" && path.startsWith("/c/")) void navigate(path);
    };
    container?.addEventListener("message", open);
    return () => container?.removeEventListener("message", open);
  }, [navigate]);
}

/** Whether this browser can show notifications: only for pages that come by HTTPS or from this machine. */
export function canNotify(): boolean {
  return "serviceWorker" in navigator && "Notification" in window && "locks" in navigator;
}

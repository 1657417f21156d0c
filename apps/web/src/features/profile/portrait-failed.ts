/** What the page of one's profile is opened with when an account was made and its portrait was not taken. */
export const PORTRAIT_FAILED = "portrait-failed";

/** A budget of `points` for each key in every `seconds`. */
export interface Budget {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** Registering and signing in, for each address: a guesser gets 30 tries a minute. */
export const AUTH_BUDGET: Budget = { name: "auth", points: 30, seconds: 60 };

/** Socket calls of one user at one node: far above what a person does, far below what starves others. */
export const CALL_BUDGET: Budget = { name: "call", points: 600, seconds: 10 };

/** `typing:set` of one user at one node: a client says so every three seconds, in one conversation at a time. */
export const TYPING_BUDGET: Budget = { name: "typing", points: 20, seconds: 10 };

/** `presence:watch` of one user at one node: each may look for 500 users in all the caller's conversations. */
export const WATCH_BUDGET: Budget = { name: "watch", points: 30, seconds: 10 };

/** Applications that one user makes: a person adds a class or a team, and a spammer gets nowhere. */
export const APPLY_BUDGET: Budget = { name: "apply", points: 60, seconds: 3_600 };

/** REST calls of one user. */
export const REST_BUDGET: Budget = { name: "rest", points: 300, seconds: 10 };

/** Searches of one user: as fast as somebody types and reads on. Each reads some thousand rows at the most. */
export const SEARCH_BUDGET: Budget = { name: "search", points: 60, seconds: 10 };

/** Portraits that one user may have made: each takes up to half a second of one core. */
export const AVATAR_BUDGET: Budget = { name: "avatar", points: 20, seconds: 600 };

/** Phone numbers that one user may try to take: a refusal tells that somebody has the number. */
export const PHONE_BUDGET: Budget = { name: "phone", points: 10, seconds: 3_600 };

/** Passwords that one user may try while they are signed in, to confirm what they ask for. */
export const PASSWORD_BUDGET: Budget = { name: "password", points: 10, seconds: 600 };

/**
 * One-time codes that one user may try, signed in or with a right password: a guesser of codes, three of which are right
 * at a time, gets one in 230 days on average.
 */
export const CODE_BUDGET: Budget = { name: "code", points: 10, seconds: 600 };

/** Codes that one user may have sent to addresses, which need not be theirs. */
export const MAIL_BUDGET: Budget = { name: "mail", points: 6, seconds: 3_600 };

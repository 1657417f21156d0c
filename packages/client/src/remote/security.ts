import type {
  ChangePasswordRequest,
  Confirmation,
  DeviceId,
  DevicesResponse,
  EndedDevicesResponse,
  ExportResponse,
  FinishOidcRequest,
  LinkOidcRequest,
  Me,
  RecoveryCodesResponse,
  SecurityResponse,
  SessionResponse,
  SignInMethodsResponse,
  SignedInDevice,
  StartOidcResponse,
  TotpResponse,
} from "@im-webapp/protocol";
import type { RestRequest } from "../transport/rest.ts";
import type { RemoteContext } from "./remote.ts";

/** What these calls need of the client, besides what all need. */
export interface SecurityContext extends RemoteContext {
  /** The server's address. */
  readonly origin: string;
  /** Sends a call that needs no session; a rejection is an `ImError`. */
  ask<T>(request: RestRequest): Promise<T>;
  /** Makes a session of this device, with what `ask` answers for it. */
  signIn(ask: (device: FinishOidcRequest["device"]) => Promise<SessionResponse>): Promise<Me>;
}

/**
 * The safety of one's own account: devices, password, two-factor, the sign-in of another program, and the way out.
 *
 * Calls that take a `proof` want the password of a user who has one, and a code of one who has two-factor on. Without it
 * they reject with `FORBIDDEN`, and `details` say why: `password` or `totp` is "required" or "wrong", or the `session`
 * of a user without a password is "old": they have to sign in again first.
 */
export class SecurityCalls {
  readonly #context: SecurityContext;

  constructor(context: SecurityContext) {
    this.#context = context;
  }

  /** How the account is protected. */
  get(): Promise<SecurityResponse> {
    return this.#context.send({ method: "GET", path: "/me/security" });
  }

  /** The devices on which the user is signed in, the last seen first. */
  async devices(): Promise<readonly SignedInDevice[]> {
    return (await this.#context.send<DevicesResponse>({ method: "GET", path: "/me/devices" })).devices;
  }

  /** Gives a device a name of 1–64 characters. `NOT_FOUND` for one that is signed in no more. */
  renameDevice(deviceId: DeviceId, name: string): Promise<SignedInDevice> {
    return this.#context.send({ method: "PATCH", path: devicePath(deviceId), body: { name } });
  }

  /** Says where push notifications of a device go; null for nowhere. */
  setPushId(deviceId: DeviceId, pushId: string | null): Promise<SignedInDevice> {
    return this.#context.send({ method: "PATCH", path: devicePath(deviceId), body: { pushId } });
  }

  /** Ends the session of a device at once. `NOT_FOUND` for one that is signed in no more. */
  async revokeDevice(deviceId: DeviceId): Promise<void> {
    await this.#context.send({ method: "DELETE", path: devicePath(deviceId) });
  }

  /** Ends all sessions but this one; says how many there were. */
  async revokeOtherDevices(): Promise<number> {
    return (await this.#context.send<EndedDevicesResponse>({ method: "DELETE", path: "/me/devices" })).ended;
  }

  /** Changes the password, or sets one (6–128 characters), with a proof. All other sessions end. */
  async changePassword(request: ChangePasswordRequest): Promise<void> {
    await this.#post("/me/password", request);
  }

  /** A secret for an authenticator app. `confirmTotp` turns two-factor on with it. `CONFLICT` when it is on. */
  beginTotp(proof: Confirmation): Promise<TotpResponse> {
    return this.#post("/me/totp", proof);
  }

  /** Turns two-factor on with a first code; gives the recovery codes, which are never shown again. */
  async confirmTotp(code: string): Promise<readonly string[]> {
    return (await this.#post<RecoveryCodesResponse>("/me/totp/confirm", { code })).recoveryCodes;
  }

  /** New recovery codes in place of all earlier ones. */
  async replaceRecoveryCodes(proof: Confirmation): Promise<readonly string[]> {
    return (await this.#post<RecoveryCodesResponse>("/me/totp/recovery-codes", proof)).recoveryCodes;
  }

  /** Turns two-factor off. */
  async disableTotp(proof: Confirmation): Promise<void> {
    await this.#post("/me/totp/disable", proof);
  }

  /** The ways to sign in besides a password. Needs no session. */
  signInMethods(): Promise<SignInMethodsResponse> {
    return this.#context.ask({ method: "GET", path: "/auth/methods" });
  }

  /**
   * Begins a sign-in by another program: send the browser to `url`, and keep `state` where only this page can read it.
   * The answer comes to `redirectUri`; it is for `finishOidc` only if it carries that `state`. Needs no session.
   */
  startOidc(redirectUri: string): Promise<StartOidcResponse> {
    return this.#context.ask({ method: "POST", path: "/auth/oidc/start", body: { redirectUri } });
  }

  /**
   * Signs in with the other program's answer; the first time an account is made. `FORBIDDEN` with `details.oidc`:
   * "expired" for an answer that is too old or used, "failed" for one that the other program does not stand by.
   */
  finishOidc(answer: Omit<FinishOidcRequest, "device">): Promise<Me> {
    return this.#context.signIn((device) =>
      this.#context.ask({ method: "POST", path: "/auth/oidc/finish", body: { ...answer, device } }),
    );
  }

  /** Links the signed-in account with the other program's answer. As `finishOidc`; `CONFLICT` when it is another's. */
  async linkOidc(answer: LinkOidcRequest): Promise<void> {
    await this.#post("/me/oidc", answer);
  }

  /** Where all that the user may see can be downloaded as JSON lines: once, and begun within a minute. */
  async beginExport(proof: Confirmation): Promise<string> {
    const { path } = await this.#post<ExportResponse>("/me/export", proof);
    return this.#context.origin + path;
  }

  /** Deletes the account for good. All its sessions end, this one too. */
  async deleteAccount(proof: Confirmation): Promise<void> {
    // The session ends before the answer comes, which must not look as if there were none.
    const { signal } = new AbortController();
    await this.#context.send({ method: "POST", path: "/me/delete", body: proof, signal });
  }

  #post<T>(path: string, body: object): Promise<T> {
    return this.#context.send({ method: "POST", path, body });
  }
}

function devicePath(deviceId: DeviceId): string {
  return `/me/devices/${encodeURIComponent(deviceId)}`;
}

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeTemporaryFolder } from "./guard.ts";
import { requireProgram } from "./programs.ts";

/** A certificate for this machine that nobody vouches for, and its key. */
export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** The certificate as a file, for `NODE_EXTRA_CA_CERTS`. */
  readonly certFile: string;
}

/** Makes a certificate for 127.0.0.1, good for a day. Its files go with the process. */
export function makeCertificate(): Certificate {
  const folder = makeTemporaryFolder("certificate");
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = ["-keyout", keyFile, "-out", certFile, "-days", "1", "-nodes"];
  const what = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=127.0.0.1"];
  execFileSync(
    requireProgram("openssl"),
    ["req", "-x509", ...what, "-addext", "subjectAltName=IP:127.0.0.1", ...made],
    { stdio: "pipe" },
  );
  return { key: readFileSync(keyFile), cert: readFileSync(certFile), certFile };
}

import type { Row } from "../table.ts";
import { accountRows } from "./accounts.ts";
import { contactRows } from "./contacts.ts";
import { fileRows } from "./files.ts";
import { groupRows } from "./groups.ts";
import { joiningRows } from "./joining.ts";
import { messageRows } from "./messages.ts";
import { securityRows } from "./security.ts";
import { serverApiRows } from "./server-api.ts";

/** Every call there is, with what each role is answered. */
export const ROWS: readonly Row[] = [
  ...accountRows,
  ...securityRows,
  ...contactRows,
  ...groupRows,
  ...joiningRows,
  ...messageRows,
  ...fileRows,
  ...serverApiRows,
];

import { permissionSuite } from "./group-permissions-suite.ts";

permissionSuite("2");

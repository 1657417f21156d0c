/** The two families of SQL that the server speaks. "mysql" is MySQL, MariaDB and what else speaks their protocol. */
export type Dialect = "mysql" | "sqlite";

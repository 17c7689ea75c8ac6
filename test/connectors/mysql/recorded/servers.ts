/**
 * What MySQL says of itself, as far as a session of ours asks. Recorded from its reference manuals (Server System
 * Variables, SHOW GRANTS, Server Error Message Reference) since the tests have no MySQL to run.
 */
export interface Recording {
  version: string;
  comment: string;
  /** Session variables that exist, with their defaults. */
  variables: Record<string, string | number>;
  grants: string[];
  /** The answer to SHOW GRANTS … USING. */
  roleGrants: string[];
  /** What a proxy does that answers SET by itself. */
  ignoresSet?: boolean;
}

const variables57 = {
  sql_mode:
    'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  transaction_read_only: 0,
  transaction_isolation: 'REPEATABLE-READ',
  lock_wait_timeout: 31_536_000,
  innodb_lock_wait_timeout: 50,
  group_concat_max_len: 1024,
  max_execution_time: 0,
  sql_select_limit: '18446744073709551615',
  character_set_client: 'latin1',
  character_set_connection: 'latin1',
  character_set_results: 'latin1',
};

const variables80 = {
  ...variables57,
  cte_max_recursion_depth: 1000,
  information_schema_stats_expiry: 86_400,
};

const reading = [
  'GRANT USAGE ON *.* TO `reader`@`%`',
  'GRANT SELECT, SHOW VIEW ON `shop`.* TO `reader`@`%`',
];

export const mysql57: Recording = {
  version: '5.7.44-log',
  comment: 'MySQL Community Server (GPL)',
  variables: variables57,
  grants: reading,
  roleGrants: [],
};

export const mysql80: Recording = {
  version: '8.0.42',
  comment: 'MySQL Community Server - GPL',
  variables: variables80,
  grants: reading,
  roleGrants: [],
};

export const mysql84: Recording = { ...mysql80, version: '8.4.5' };

/** Nothing in its own name, and the right to a role that may read files. */
export const withRole: Recording = {
  ...mysql84,
  grants: [...reading, 'GRANT `ops`@`%`,`r``2`@`10.0.0.%` TO `reader`@`%`'],
  roleGrants: [
    ...reading,
    'GRANT FILE ON *.* TO `reader`@`%`',
    'GRANT BACKUP_ADMIN ON *.* TO `reader`@`%`',
  ],
};

/** The root account of a fresh MySQL 8.4. */
export const rootGrants = [
  'GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, SHUTDOWN, PROCESS, FILE, REFERENCES, INDEX, ALTER, SHOW DATABASES, SUPER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER, CREATE TABLESPACE, CREATE ROLE, DROP ROLE ON *.* TO `root`@`localhost` WITH GRANT OPTION',
  'GRANT ALLOW_NONEXISTENT_DEFINER,APPLICATION_PASSWORD_ADMIN,AUDIT_ABORT_EXEMPT,AUDIT_ADMIN,AUTHENTICATION_POLICY_ADMIN,BACKUP_ADMIN,BINLOG_ADMIN,BINLOG_ENCRYPTION_ADMIN,CLONE_ADMIN,CONNECTION_ADMIN,ENCRYPTION_KEY_ADMIN,FIREWALL_EXEMPT,FLUSH_OPTIMIZER_COSTS,FLUSH_PRIVILEGES,FLUSH_STATUS,FLUSH_TABLES,FLUSH_USER_RESOURCES,GROUP_REPLICATION_ADMIN,GROUP_REPLICATION_STREAM,INNODB_REDO_LOG_ARCHIVE,INNODB_REDO_LOG_ENABLE,OPTIMIZE_LOCAL_TABLE,PASSWORDLESS_USER_ADMIN,PERSIST_RO_VARIABLES_ADMIN,REPLICATION_APPLIER,REPLICATION_SLAVE_ADMIN,RESOURCE_GROUP_ADMIN,RESOURCE_GROUP_USER,ROLE_ADMIN,SENSITIVE_VARIABLES_OBSERVER,SERVICE_CONNECTION_ADMIN,SESSION_VARIABLES_ADMIN,SET_ANY_DEFINER,SHOW_ROUTINE,SYSTEM_USER,SYSTEM_VARIABLES_ADMIN,TABLE_ENCRYPTION_ADMIN,TELEMETRY_LOG_ADMIN,TRANSACTION_GTID_TAG,XA_RECOVER_ADMIN ON *.* TO `root`@`localhost` WITH GRANT OPTION',
  'GRANT PROXY ON ``@`` TO `root`@`localhost` WITH GRANT OPTION',
];

/** Variables with which each connector opens. Nothing listens there: who uses these needs no source. */
export const environments: Record<string, Record<string, string>> = {
  mysql: { MYSQL_HOST: '127.0.0.1', MYSQL_PORT: '1', MYSQL_USER: 'reader' },
};

/** An MCP server that runs as a child of ours. No shell is involved. */
export interface StdioServer {
  type: 'stdio';
  /** A program and its arguments. */
  command: string[];
  /** Its own variables. PATH, HOME and the like come on top, nothing else. */
  env: Record<string, string>;
  /** The folder it runs in; ours when absent. */
  cwd?: string;
}

/** An MCP server that is reached over Streamable HTTP. */
export interface HttpServer {
  type: 'http';
  /** `https:`, or `http:` on loopback. */
  url: string;
  headers: Record<string, string>;
}

/** A data source: an MCP server, and how far its word is taken. */
export interface Source {
  /** The name people type and tools are prefixed with, `mysql-prod`: no underscore, so that no two tools collide. */
  name: string;
  /** The name people read: `Production`. */
  title: string;
  server: StdioServer | HttpServer;
  /**
   * A connector of ours, whose annotations hold and whose resources are `<name>://health` and `://digest`; or somebody
   * else's server, of which nothing but `readTools` is offered, whatever it says of itself.
   */
  kind: { type: 'connector'; name: string } | { type: 'external'; readTools: string[] };
  /** Stands before each tool's description: tells the model two instances of a connector apart. */
  label?: string;
}

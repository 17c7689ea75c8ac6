/** Variables with which each connector opens, with all its writes. Nothing listens there: who uses these needs no source. */
export const environments: Record<string, Record<string, string>> = {
  mysql: { MYSQL_HOST: '127.0.0.1', MYSQL_PORT: '1', MYSQL_USER: 'reader' },
  s3: {
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
    S3_ALLOW_WRITES: 'write_object',
  },
  jira: {
    JIRA_URL: 'https://acme.atlassian.net',
    JIRA_EMAIL: 'bot@example.com',
    JIRA_API_TOKEN: 'no-such-token',
    JIRA_API_URL: 'http://127.0.0.1:1',
    JIRA_ALLOW_WRITES: 'create_issue,update_issue,add_comment,transition_issue',
  },
  shopify: {
    SHOPIFY_SHOP_URL: 'acme.myshopify.com',
    SHOPIFY_ACCESS_TOKEN: 'no-such-token',
    SHOPIFY_API_URL: 'http://127.0.0.1:1',
    SHOPIFY_ALLOW_WRITES:
      'update_product,adjust_inventory,update_order,add_tags,create_draft_order',
  },
};

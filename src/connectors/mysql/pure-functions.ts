/**
 * Functions that only compute, in lower case: no waiting, no locks, no files, no sequences, no other sessions.
 *
 * Functions whose name begins with `st_` or `mbr` (geometry) belong to them as well.
 */
export const pureFunctions: ReadonlySet<string> = new Set(
  `
  abs acos asin atan atan2 bit_count ceil ceiling conv cos cot crc32 crc32c degrees div exp floor greatest least ln log
  log10 log2 mod pi pow power radians rand round sign sin sqrt tan truncate
  ascii bin bit_length char char_length character_length chr concat concat_ws elt export_set field find_in_set format
  format_bytes format_pico_time from_base64 hex insert instr lcase left length lengthb locate lower lpad ltrim make_set
  mid natural_sort_key oct octet_length ord position quote regexp_instr regexp_like regexp_replace regexp_substr repeat
  replace reverse right rpad rtrim sformat soundex space strcmp substr substring substring_index to_base64 to_char trim
  ucase unhex upper weight_string
  add_months adddate addtime convert_tz curdate current_date current_time current_timestamp curtime date date_add
  date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear extract from_days from_unixtime get_format
  hour last_day localtime localtimestamp makedate maketime microsecond minute month monthname now period_add period_diff
  quarter sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec timediff timestamp
  timestampadd timestampdiff to_days to_seconds unix_timestamp utc_date utc_time utc_timestamp week weekday weekofyear
  year yearweek
  any_value avg bit_and bit_or bit_xor count group_concat grouping json_arrayagg json_objectagg max median min
  percentile_cont percentile_disc std stddev stddev_pop stddev_samp sum var_pop var_samp variance
  cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
  case coalesce decode decode_oracle if ifnull interval isnull nullif nvl nvl2
  binary cast charset coercibility collation convert default values
  json_array json_array_append json_array_insert json_array_intersect json_arrayagg json_compact json_contains
  json_contains_path json_depth json_detailed json_equals json_exists json_extract json_insert json_key_value json_keys
  json_length json_loose json_merge json_merge_patch json_merge_preserve json_normalize json_object
  json_object_filter_keys json_object_to_array json_objectagg json_overlaps json_pretty json_query json_quote
  json_remove json_replace json_schema_valid json_schema_validation_report json_search json_set json_storage_free
  json_storage_size json_table json_type json_unquote json_valid json_value
  column_add column_check column_create column_delete column_exists column_get column_json column_list
  aes_decrypt aes_encrypt compress md5 sha sha1 sha2 statement_digest statement_digest_text uncompress
  uncompressed_length validate_password_strength
  bin_to_uuid inet6_aton inet6_ntoa inet_aton inet_ntoa is_ipv4 is_ipv4_compat is_ipv4_mapped is_ipv6 is_uuid sys_guid
  uuid uuid_short uuid_to_bin uuid_v4 uuid_v7
  connection_id current_role current_user database found_rows last_insert_id row_count schema session_user system_user
  user version icu_version
  extractvalue updatexml match name_const gtid_subset gtid_subtract
  geometrycollection linestring multilinestring multipoint multipolygon point polygon geomfromtext pointfromtext
  vec_distance vec_distance_cosine vec_distance_euclidean vec_fromtext vec_totext vector_dim vector_to_string
  string_to_vector distance
  `
    .trim()
    .split(/\s+/),
);

/** Words that stand before a parenthesis without calling anything, in upper case. */
export const wordsBeforeParenthesis: ReadonlySet<string> = new Set(
  `
  SELECT DISTINCT DISTINCTROW ALL FROM JOIN STRAIGHT_JOIN LATERAL WHERE AND OR XOR NOT IN EXISTS ANY SOME ON USING HAVING
  BY AS WHEN THEN ELSE CASE BETWEEN LIKE RLIKE REGEXP DIV MOD UNION EXCEPT INTERSECT MINUS VALUES VALUE ROW OVER INTERVAL
  PARTITION INDEX KEY LIMIT OFFSET AGAINST COLUMNS OF GROUP ESCAPE EXPLAIN ANALYZE DESCRIBE DESC
  BINARY BIT BIGINT CHAR CHARACTER DATETIME DEC DECIMAL DOUBLE FIXED FLOAT INT INTEGER MEDIUMINT NATIONAL NCHAR NUMERIC
  REAL SMALLINT TEXT TIME TIMESTAMP TINYINT VARBINARY VARCHAR VECTOR YEAR
  `
    .trim()
    .split(/\s+/),
);

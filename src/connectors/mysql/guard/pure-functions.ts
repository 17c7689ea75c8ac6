/** The server whose own functions are meant. */
export interface Product {
  product: 'MySQL' | 'MariaDB';
  /** E.g. `10.11.19`. */
  version: string;
}

const words = (text: string) => text.trim().split(/\s+/);

/** Known to MySQL since 8.0 and to MariaDB since 10.6. */
const common = words(`
  abs acos asin atan atan2 bit_count ceil ceiling conv cos cot crc32 degrees exp floor greatest least ln log log10 log2
  mod pi pow power radians rand round sign sin sqrt tan truncate
  ascii bin bit_length char char_length character_length concat concat_ws elt export_set field find_in_set format
  from_base64 hex insert instr lcase left length locate lower lpad ltrim make_set mid oct octet_length ord position quote
  regexp_instr regexp_replace regexp_substr repeat replace reverse right rpad rtrim soundex space strcmp substr substring
  substring_index to_base64 trim ucase unhex upper weight_string
  adddate addtime convert_tz curdate current_date current_time current_timestamp curtime date date_add date_format
  date_sub datediff day dayname dayofmonth dayofweek dayofyear extract from_days from_unixtime get_format hour last_day
  localtime localtimestamp makedate maketime microsecond minute month monthname now period_add period_diff quarter
  sec_to_time second str_to_date subdate subtime sysdate time time_format time_to_sec timediff timestamp timestampadd
  timestampdiff to_days to_seconds unix_timestamp utc_date utc_time utc_timestamp week weekday weekofyear year yearweek
  avg bit_and bit_or bit_xor count group_concat json_arrayagg json_objectagg max min std stddev stddev_pop stddev_samp
  sum var_pop var_samp variance
  cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
  case coalesce if ifnull interval isnull nullif
  binary cast charset coercibility collation convert values
  json_array json_array_append json_array_insert json_contains json_contains_path json_depth json_extract json_insert
  json_keys json_length json_merge json_merge_patch json_merge_preserve json_object json_quote json_remove json_replace
  json_search json_set json_table json_type json_unquote json_valid
  aes_decrypt aes_encrypt compress md5 sha sha1 sha2 uncompress uncompressed_length
  inet6_aton inet6_ntoa inet_aton inet_ntoa is_ipv4 is_ipv4_compat is_ipv4_mapped is_ipv6 uuid uuid_short
  connection_id current_role current_user database found_rows last_insert_id row_count schema session_user system_user
  user version
  extractvalue updatexml match name_const
  geometrycollection linestring multilinestring multipoint multipolygon point polygon
  st_area st_asbinary st_asgeojson st_astext st_aswkb st_aswkt st_buffer st_centroid st_contains st_convexhull
  st_crosses st_difference st_dimension st_disjoint st_distance st_distance_sphere st_endpoint st_envelope st_equals
  st_exteriorring st_geomcollfromtext st_geomcollfromwkb st_geometrycollectionfromtext st_geometrycollectionfromwkb
  st_geometryfromtext st_geometryfromwkb st_geometryn st_geometrytype st_geomfromgeojson st_geomfromtext st_geomfromwkb
  st_interiorringn st_intersection st_intersects st_isclosed st_isempty st_issimple st_length st_linefromtext
  st_linefromwkb st_linestringfromtext st_linestringfromwkb st_mlinefromtext st_mlinefromwkb st_mpointfromtext
  st_mpointfromwkb st_mpolyfromtext st_mpolyfromwkb st_multilinestringfromtext st_multilinestringfromwkb
  st_multipointfromtext st_multipointfromwkb st_multipolygonfromtext st_multipolygonfromwkb st_numgeometries
  st_numinteriorrings st_numpoints st_overlaps st_pointfromtext st_pointfromwkb st_pointn st_polyfromtext st_polyfromwkb
  st_polygonfromtext st_polygonfromwkb st_srid st_startpoint st_symdifference st_touches st_union st_within st_x st_y
  mbrcontains mbrdisjoint mbrequals mbrintersects mbroverlaps mbrtouches mbrwithin
`);

/** What a product knows that the other does not, or not always did, and since when. */
const special: [Product['product'], since: string, names: string][] = [
  [
    'MySQL',
    '8.0',
    `any_value bin_to_uuid grouping gtid_subset gtid_subtract icu_version is_uuid json_pretty json_storage_free
    json_storage_size mbrcoveredby mbrcovers regexp_like st_buffer_strategy st_geohash st_geomcollfromtxt st_isvalid
    st_latfromgeohash st_longfromgeohash st_makeenvelope st_numinteriorring st_pointfromgeohash st_simplify st_swapxy
    st_validate statement_digest statement_digest_text uuid_to_bin validate_password_strength`,
  ],
  ['MySQL', '8.0.12', 'st_latitude st_longitude'],
  ['MySQL', '8.0.13', 'st_transform'],
  ['MySQL', '8.0.16', 'format_bytes format_pico_time'],
  ['MySQL', '8.0.17', 'json_overlaps json_schema_valid json_schema_validation_report'],
  ['MySQL', '8.0.21', 'json_value'],
  ['MySQL', '8.0.23', 'st_frechetdistance st_hausdorffdistance'],
  [
    'MySQL',
    '8.0.24',
    'st_collect st_lineinterpolatepoint st_lineinterpolatepoints st_pointatdistance',
  ],
  ['MySQL', '9.0', 'string_to_vector vector_dim vector_to_string'],
  [
    'MariaDB',
    '10.6',
    `add_months chr column_add column_check column_create column_delete column_exists column_get column_json column_list
    decode decode_oracle geomfromtext json_compact json_detailed json_exists json_loose json_query json_value lengthb
    mbrequal median nvl nvl2 percentile_cont percentile_disc pointfromtext rownum st_boundary st_isring st_pointonsurface
    st_relate sys_guid to_char`,
  ],
  [
    'MariaDB', // the names without ST_, which MySQL has dropped
    '10.6',
    `area asbinary astext aswkb aswkt boundary buffer centroid contains convexhull crosses dimension disjoint endpoint
    envelope equals exteriorring geomcollfromtext geomcollfromwkb geometrycollectionfromtext geometrycollectionfromwkb
    geometryfromtext geometryfromwkb geometryn geometrytype geomfromwkb glength interiorringn intersects isclosed
    isempty isring issimple linefromtext linefromwkb linestringfromtext linestringfromwkb mlinefromtext mlinefromwkb
    mpointfromtext mpointfromwkb mpolyfromtext mpolyfromwkb multilinestringfromtext multilinestringfromwkb
    multipointfromtext multipointfromwkb multipolygonfromtext multipolygonfromwkb numgeometries numinteriorrings
    numpoints overlaps pointfromwkb pointn pointonsurface polyfromtext polyfromwkb polygonfromtext polygonfromwkb srid
    startpoint touches within x y`,
  ],
  ['MariaDB', '10.7', 'json_equals json_normalize natural_sort_key sformat'],
  ['MariaDB', '10.8', 'crc32c'],
  ['MariaDB', '10.9', 'json_overlaps'],
  ['MariaDB', '10.11', 'json_pretty'],
  ['MariaDB', '11.1', 'format_pico_time json_schema_valid'],
  [
    'MariaDB',
    '11.2',
    'json_array_intersect json_key_value json_object_filter_keys json_object_to_array',
  ],
  [
    'MariaDB',
    '11.7',
    'uuid_v4 uuid_v7 vec_distance vec_distance_cosine vec_distance_euclidean vec_fromtext vec_totext',
  ],
  ['MariaDB', '11.8', 'format_bytes'],
];

/** The products that know a special function, each with its first version that does. */
const owners = new Map<string, Partial<Record<Product['product'], string>>>();
for (const [product, since, names] of special)
  for (const name of words(names)) owners.set(name, { ...owners.get(name), [product]: since });

/** Pure functions that not every server knows. */
export const specialFunctions: readonly string[] = [...owners.keys()];

/**
 * Functions that only compute, in lower case: no waiting, no locks, no files, no sequences, no other sessions.
 *
 * What a server does not know itself it takes for a stored function, and that may do anything: see `isNative`.
 */
export const pureFunctions: ReadonlySet<string> = new Set([...common, ...specialFunctions]);

/** Whether this server knows the pure function itself, so that no stored function of that name is reached. */
export function isNative(name: string, { product, version }: Product): boolean {
  const owner = owners.get(name);
  if (!owner) return true;
  const since = owner[product];
  return since !== undefined && version.localeCompare(since, 'en', { numeric: true }) >= 0;
}

/**
 * Functions, in lower case, that the servers know only when the parenthesis follows at once: `count (1)` calls a stored
 * function.
 */
export const gluedFunctions: ReadonlySet<string> = new Set(
  words(`
  adddate bit_and bit_or bit_xor cast count cume_dist curdate curtime date_add date_sub decode dense_rank extract
  first_value group_concat json_arrayagg json_objectagg lag lead max median mid min now nth_value ntile percent_rank
  percentile_cont percentile_disc position rank row_number session_user st_collect std stddev stddev_pop stddev_samp
  subdate substr substring sum sysdate system_user trim var_pop var_samp variance
`),
);

import {
  type GraphQLError,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  print,
  typeFromAST,
  validateInputValue,
} from 'graphql';
import { isGid } from './global-id.ts';

interface Problem {
  path: (string | number)[];
  explanation: string;
}

/** What is wrong with the values of an operation's variables, one error a variable, as Shopify puts it. */
export function variableErrors(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): object[] {
  return variableDefinitions.flatMap((definition) => {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type) as GraphQLInputType | undefined;
    const value = variables[name] ?? null;
    const isLeftOut = value === null && (definition.defaultValue || !(name in variables));
    if (!type || (isLeftOut && (definition.defaultValue || !isNonNullType(type)))) return [];
    const problems = problemsOf(value, type);
    if (problems.length === 0) return [];
    const where = problems.filter(({ path }) => path.length > 0);
    const named = where.map(({ path, explanation }) => `${path.join('.')} (${explanation})`);
    const about = named.length > 0 ? ` for ${named.join(', ')}` : '';
    const { line = 1, column = 1 } = definition.loc?.startToken ?? {};
    return {
      message: `Variable $${name} of type ${print(definition.type)} was provided invalid value${about}`,
      locations: [{ line, column }],
      extensions: { code: 'INVALID_VARIABLE', value, problems },
    };
  });
}

function problemsOf(value: unknown, type: GraphQLInputType): Problem[] {
  const problems: Problem[] = [];
  validateInputValue(value, type, ({ message }: GraphQLError, path) => {
    problems.push({ path: [...path], explanation: toExplanation(message) });
  });
  return problems.length > 0 ? problems : wrongIds(value, type, []);
}

function wrongIds(value: unknown, type: GraphQLInputType, path: Problem['path']): Problem[] {
  if (value === null || value === undefined) return [];
  if (isNonNullType(type)) return wrongIds(value, type.ofType, path);
  if (isListType(type) && Array.isArray(value))
    return value.flatMap((each, at) => wrongIds(each, type.ofType, [...path, at]));
  if (isInputObjectType(type)) {
    const record = value as Record<string, unknown>;
    return Object.values(type.getFields()).flatMap((field) =>
      wrongIds(record[field.name], field.type, [...path, field.name]),
    );
  }
  if (type !== GraphQLID || isGid(String(value))) return [];
  return [{ path, explanation: `Invalid global id '${String(value)}'` }];
}

/** Sentences of graphql-js in Shopify's words. */
function toExplanation(message: string): string {
  if (/non-null|not to be null|cannot be null|to be provided/i.test(message))
    return 'Expected value to not be null';
  const [, , type] = /(unknown field|not defined).*?"(\w+)"/.exec(message) ?? [];
  return type ? `Field is not defined on ${type}` : message;
}

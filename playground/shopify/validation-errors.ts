import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  GraphQLID,
  type GraphQLSchema,
  getNamedType,
  Kind,
  specifiedRules,
  type ValidationRule,
  validate,
  visit,
} from 'graphql';
import { isGid } from './global-id.ts';

/** What is wrong with a document, in Shopify's words and with its `extensions.code`. */
export function validationErrors(schema: GraphQLSchema, document: DocumentNode): object[] {
  return validate(schema, document, [...specifiedRules, globalIds]).map((error) => {
    const path = pathOf(document, error.nodes?.[0]);
    const { message, ...extensions } = toShopify(error, operationName(path));
    return { message, locations: error.locations, path, extensions };
  });
}

/** Ids are `gid://shopify/Type/123`, nothing else. */
const globalIds: ValidationRule = (context) => ({
  StringValue(node) {
    const type = context.getInputType();
    if (!type || getNamedType(type) !== GraphQLID || isGid(node.value)) return;
    context.reportError(new GraphQLError(`Invalid global id '${node.value}'`, { nodes: node }));
  },
});

type Shaped = { message: string; code: string } & Record<string, unknown>;

/** A sentence of graphql-js and how Shopify says the same; groups are what the sentence names. */
const sayings: [RegExp, (...names: string[]) => Shaped][] = [
  [
    /^Cannot query field "(.+?)" on type "(.+?)"/,
    (fieldName = '', typeName = '') => ({
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      code: 'undefinedField',
      typeName,
      fieldName,
    }),
  ],
  [
    /^Field "(.+?)" of type "(.+?)" must have a selection of subfields/,
    (name = '', type = '') => {
      const typeName = type.replace(/[[\]!]/g, '');
      return {
        message: `Field must have selections (field '${name}' returns ${typeName} but has no selections. Did you mean '${name} { ... }'?)`,
        code: 'selectionMismatch',
        nodeName: `field '${name}'`,
        typeName,
      };
    },
  ],
  [
    /^Field "(.+?)" must not have a selection since type "(.+?)"/,
    (name = '', type = '') => {
      const typeName = type.replace(/[[\]!]/g, '');
      return {
        message: `Selections can't be made on scalars (field '${name}' returns ${typeName} but has selections)`,
        code: 'selectionMismatch',
        nodeName: `field '${name}'`,
        typeName,
      };
    },
  ],
  [
    /^Unknown argument "(.+?)" on field "(?:.+?)\.(.+?)"/,
    (argumentName = '', name = '') => ({
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      code: 'argumentNotAccepted',
      name,
      typeName: 'Field',
      argumentName,
    }),
  ],
  [
    /^(?:Argument "(?:.+?\.)?(.+?)\((.+?):\)"|Field "(.+?)" argument "(.+?)") of type "(?:.+?)" is required/,
    (coordinate, coordinateArgument, plain, plainArgument) => {
      const name = (coordinate ?? plain ?? '').replace(/^.*\./, '');
      const missing = coordinateArgument ?? plainArgument ?? '';
      return {
        message: `Field '${name}' is missing required arguments: ${missing}`,
        code: 'missingRequiredArguments',
        className: 'Field',
        name,
        arguments: missing,
      };
    },
  ],
  [
    /^Field "(?:.+?)" is not defined by type "(.+?)"|^Expected value of type "(.+?)" not to include unknown field "(.+?)"/,
    (plain, typed, argumentName = '') => {
      const name = plain ?? typed ?? '';
      return {
        message: `InputObject '${name}' doesn't accept argument '${argumentName}'`,
        code: 'argumentNotAccepted',
        name,
        typeName: 'InputObject',
        argumentName,
      };
    },
  ],
  [
    /^Variable "\$(.+?)" is never used/,
    (variableName = '') => ({
      message: `Variable $${variableName} is declared by {operation} but not used`,
      code: 'variableNotUsed',
      variableName,
    }),
  ],
  [
    /^Variable "\$(.+?)" is not defined/,
    (variableName = '') => ({
      message: `Variable $${variableName} is used by {operation} but not declared`,
      code: 'variableNotDefined',
      variableName,
    }),
  ],
  [
    /^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/,
    (variableName = '', typeName = '', argument = '') => ({
      message: `Type mismatch on variable $${variableName} and argument (${typeName} / ${argument})`,
      code: 'variableMismatch',
      variableName,
      typeName,
    }),
  ],
  [
    /^(Invalid global id .*)/s,
    (message = '') => ({
      message,
      code: 'argumentLiteralsIncompatible',
      typeName: 'CoercionError',
    }),
  ],
  [
    /^((?:Value|Enum|Int|Float|String|Boolean|ID|Expected value) .*)/s,
    (message = '') => ({ message, code: 'argumentLiteralsIncompatible', typeName: 'Field' }),
  ],
  [/^(Unknown type .*)/s, (message = '') => ({ message, code: 'undefinedType' })],
];

function toShopify({ message }: GraphQLError, operation: string): Shaped {
  for (const [pattern, say] of sayings) {
    const found = pattern.exec(message);
    if (!found) continue;
    const said = say(...found.slice(1));
    return { ...said, message: said.message.replace('{operation}', operation) };
  }
  return { message, code: 'invalid' };
}

const operationName = ([start = '']: string[]): string =>
  start.includes(' ') ? start.replace(/^\w+ /, '') : 'anonymous query';

/** `["query orders", "orders", "nodes", "nmae"]`. */
function pathOf(document: DocumentNode, target: ASTNode | undefined): string[] {
  const stack: string[][] = [];
  let found: string[] = [];
  visit(document, {
    enter(node) {
      stack.push(stepOf(node));
      if (node !== target) return undefined;
      found = stack.flat();
      return BREAK;
    },
    leave() {
      stack.pop();
    },
  });
  return found;
}

function stepOf(node: ASTNode): string[] {
  switch (node.kind) {
    case Kind.OPERATION_DEFINITION:
      return [[node.operation, node.name?.value].filter(Boolean).join(' ')];
    case Kind.FRAGMENT_DEFINITION:
      return [`fragment ${node.name.value}`];
    case Kind.INLINE_FRAGMENT:
      return [`... on ${node.typeCondition?.name.value ?? ''}`.trim()];
    case Kind.FIELD:
      return [node.alias?.value ?? node.name.value];
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return [node.name.value];
    default:
      return [];
  }
}

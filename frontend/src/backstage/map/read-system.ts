/** Reads the system from its services. It lists and describes; it changes nothing. */
import { APIGatewayClient, GetResourcesCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, GetApisCommand, GetIntegrationsCommand } from '@aws-sdk/client-apigatewayv2'
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam'
import {
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctions,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda'

import type { Configuration } from '@/shared/configuration'

import { nameOf, OWN_PREFIX } from '../cloud/names'
import { BusRules } from '../events/bus-rules'
import type { Executions } from '../executions/executions'
import { statementsOf, type Statement } from './access'
import type { Answers } from './system'

export interface Clients {
  gateway: APIGatewayClient
  sockets: ApiGatewayV2Client
  dynamo: DynamoDBClient
  events: EventBridgeClient
  iam: IAMClient
  lambda: LambdaClient
}

const DEFAULT_BUS = 'default'

/** @param executions - those of the workflow that is on the map. */
export async function readSystem(
  clients: Clients,
  executions: Executions,
  { eventBusName, orderProcessorArn }: Configuration,
): Promise<Answers> {
  const [apis, sockets, functions, tables, rules, otherRules, streams, definition] = await Promise.all([
    httpApis(clients.gateway),
    socketApis(clients.sockets),
    functionsOf(clients),
    tablesOf(clients.dynamo),
    new BusRules(clients.events, eventBusName).all(),
    new BusRules(clients.events, DEFAULT_BUS).all(),
    streamsOf(clients.lambda),
    executions.definition(),
  ])
  return {
    apis: [...apis, ...sockets],
    functions,
    tables,
    bus: { name: eventBusName, rules },
    otherRules,
    streams,
    workflow: { name: nameOf(orderProcessorArn), definition },
  }
}

async function httpApis(gateway: APIGatewayClient): Promise<Answers['apis']> {
  const { items = [] } = await gateway.send(new GetRestApisCommand({ limit: 500 }))
  return Promise.all(
    items.map(async ({ id, name = '' }) => {
      const asked = new GetResourcesCommand({ restApiId: id, embed: ['methods'], limit: 500 })
      const { items: resources = [] } = await gateway.send(asked)
      const methods = resources.flatMap(({ resourceMethods = {} }) => Object.values(resourceMethods))
      return {
        kind: 'api' as const,
        name,
        functions: calledBy(methods.map((one) => one.methodIntegration?.uri)),
      }
    }),
  )
}

async function socketApis(sockets: ApiGatewayV2Client): Promise<Answers['apis']> {
  const { Items = [] } = await sockets.send(new GetApisCommand({}))
  return Promise.all(
    Items.map(async ({ ApiId, Name = '' }) => {
      const { Items: found = [] } = await sockets.send(new GetIntegrationsCommand({ ApiId }))
      const uris = found.map(({ IntegrationUri }) => IntegrationUri)
      return { kind: 'sockets' as const, name: Name, functions: calledBy(uris) }
    }),
  )
}

/** Names of the functions in integrations' addresses. */
function calledBy(uris: readonly (string | undefined)[]): string[] {
  const names = uris.flatMap((uri) => /:function:([^/:]+)[^/]*\/invocations$/.exec(uri ?? '')?.[1] ?? [])
  return [...new Set(names)]
}

async function functionsOf({ lambda, iam }: Clients): Promise<Answers['functions']> {
  const found: FunctionConfiguration[] = []
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {}))
    found.push(...Functions)
  const ours = found.filter(({ FunctionName = '' }) => FunctionName.startsWith(OWN_PREFIX))
  return Promise.all(
    ours.map(async ({ FunctionName = '', Role = '' }) => ({
      name: FunctionName,
      access: await accessOf(iam, Role.split('/').at(-1) ?? ''),
    })),
  )
}

async function accessOf(iam: IAMClient, RoleName: string): Promise<Statement[]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
  const policies = await Promise.all(
    PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  )
  return policies.flatMap(({ PolicyDocument = '%7B%7D' }) => statementsOf(PolicyDocument))
}

async function tablesOf(dynamo: DynamoDBClient): Promise<string[]> {
  const names: string[] = []
  for await (const { TableNames = [] } of paginateListTables({ client: dynamo }, {}))
    names.push(...TableNames)
  return names.filter((name) => name.startsWith(OWN_PREFIX))
}

/** `arn:aws:dynamodb:...:table/name/stream/2026-...` */
async function streamsOf(lambda: LambdaClient): Promise<Answers['streams']> {
  const streams: Answers['streams'] = []
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client: lambda }, {})) {
    for (const { EventSourceArn = '', FunctionArn = '' } of EventSourceMappings) {
      const table = /:table\/([^/]+)\//.exec(EventSourceArn)?.[1]
      if (table) streams.push({ table, function: nameOf(FunctionArn) })
    }
  }
  return streams
}

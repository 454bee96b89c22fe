/** The system as it runs: read once, for it changes only when the bar is deployed. */
import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { shallowRef, type Ref } from 'vue'

import { useBar } from '@/shared/bar'

import { useClient } from '../cloud/client'
import { usePolling, type Polling } from '../cloud/polling'
import type { Executions } from '../executions/executions'
import { readSystem } from './read-system'
import { systemOf, type System } from './system'

const AGAIN_MS = 5000

export function useSystem(executions: Executions): {
  system: Readonly<Ref<System | null>>
  polling: Polling
} {
  const { configuration } = useBar()
  const clients = {
    gateway: useClient(APIGatewayClient),
    sockets: useClient(ApiGatewayV2Client),
    dynamo: useClient(DynamoDBClient),
    events: useClient(EventBridgeClient),
    iam: useClient(IAMClient),
    lambda: useClient(LambdaClient),
  }
  const system = shallowRef<System | null>(null)
  const polling = usePolling(
    async () => {
      system.value = systemOf(await readSystem(clients, executions, configuration))
    },
    () => (system.value ? null : AGAIN_MS),
  )
  return { system, polling }
}

/** The screens of a page that has more than one; their addresses stand behind the `#`. */
import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router'

export function createPageRouter(routes: RouteRecordRaw[]): Router {
  return createRouter({ history: createWebHashHistory(), routes })
}

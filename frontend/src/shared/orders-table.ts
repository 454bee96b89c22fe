/** The table of orders, as the deployer names it (`.chalice/config.json`) and `config.json` does not say. */
export const ORDERS_TABLE = 'serverlesspresso-orders'

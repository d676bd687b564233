import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { ok } from '#shared/kernel/result.ts';
import { applyCount, compare, toCount } from './count.ts';
import { saveItem, saveStore, setLevel } from './items.ts';
import { adjust, putAside, recall, receive, takeBack, transfer, waste } from './moves.ts';
import { expiry, list, movements, oneItem, reorder, storeList } from './reading.ts';

type Calls =
  | 'stock.stores'
  | 'stock.saveStore'
  | 'stock.list'
  | 'stock.saveItem'
  | 'stock.setLevel'
  | 'stock.item'
  | 'stock.movements'
  | 'stock.receive'
  | 'stock.transfer'
  | 'stock.waste'
  | 'stock.putAside'
  | 'stock.adjust'
  | 'stock.takeBack'
  | 'stock.recall'
  | 'stock.reorder'
  | 'stock.expiry'
  | 'stock.toCount'
  | 'stock.compare'
  | 'stock.applyCount';

/** What the clinic keeps in its stores, and everything that moves it. */
export const stockHandlers = (deps: FeatureDeps): Handlers<Calls> => ({
  'stock.stores': () => ok(storeList(deps)),
  'stock.saveStore': (input, connection) => saveStore(deps, input, connection),
  'stock.list': (input) => list(deps, input),
  'stock.saveItem': (input, connection) => saveItem(deps, input, connection),
  'stock.setLevel': (input, connection) => setLevel(deps, input, connection),
  'stock.item': (input) => oneItem(deps, input),
  'stock.movements': (input) => ok(movements(deps, input)),
  'stock.receive': (input, connection) => receive(deps, input, connection),
  'stock.transfer': (input, connection) => transfer(deps, input, connection),
  'stock.waste': (input, connection) => waste(deps, input, connection),
  'stock.putAside': (input, connection) => putAside(deps, input, connection),
  'stock.adjust': (input, connection) => adjust(deps, input, connection),
  'stock.takeBack': (input, connection) => takeBack(deps, input, connection),
  'stock.recall': (input, connection) => recall(deps, input, connection),
  'stock.reorder': (input) => ok(reorder(deps, input)),
  'stock.expiry': (input) => ok(expiry(deps, input)),
  'stock.toCount': (input) => ok(toCount(deps, input)),
  'stock.compare': (input) => ok(compare(deps, input)),
  'stock.applyCount': (input, connection) => applyCount(deps, input, connection),
});

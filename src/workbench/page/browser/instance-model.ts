import { useEffect, useState } from "preact/hooks";
import type { InstanceModel } from "../boot.ts";
import { boot } from "./boot.ts";

const models = new Map<string, Promise<InstanceModel>>();

/** The model of an instance; undefined while it loads, an Error if it can't be loaded. */
export function useModel(name: string): InstanceModel | Error | undefined {
  const [found, setFound] = useState<{ name: string; model: InstanceModel | Error }>();
  useEffect(() => {
    let isWanted = true;
    loadModel(name).then(
      (model) => isWanted && setFound({ name, model }),
      (error: Error) => isWanted && setFound({ name, model: error }),
    );
    return () => {
      isWanted = false;
    };
  }, [name]);
  return found?.name === name ? found.model : undefined;
}

function loadModel(name: string): Promise<InstanceModel> {
  const known = models.get(name);
  if (known !== undefined) return known;
  const address = `/_page/instances/${encodeURIComponent(name)}?lang=${boot.language}`;
  const model = fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json() as Promise<InstanceModel>;
  });
  models.set(name, model);
  model.catch(() => models.delete(name));
  return model;
}

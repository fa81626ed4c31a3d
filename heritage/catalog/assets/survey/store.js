// Surveys on this device (IndexedDB). A survey is written whole, in one transaction, before anything is sent.
import { openDB } from "idb";

const open = () =>
  openDB("heritage-surveys", 1, {
    upgrade(database) {
      database.createObjectStore("surveys", { keyPath: "key" });
      database.createObjectStore("kept", { keyPath: "name" });
    },
  });

export const all = async () => (await (await open()).getAll("surveys")).sort((a, b) => a.savedAt - b.savedAt);
export const get = async (key) => (await open()).get("surveys", key);
export const put = async (survey) => (await open()).put("surveys", survey);
export const remove = async (key) => (await open()).delete("surveys", key);

/** Who was last logged in and which records they may survey; for choosing without a network. */
export const keep = async (name, value) => (await open()).put("kept", { name, value });
export const kept = async (name) => (await (await open()).get("kept", name))?.value;

import { expect, test } from "vitest";
import { guessLanguage } from "../../src/import/guess-language.ts";

test.each([
  ["Cette page décrit comment créer et modifier les gestionnaires de notification", "fr"],
  // Its libraries call this Malay, Norwegian of a kind, and Filipino.
  ["Halaman ini menjelaskan cara membuat dan mengubah penangan pemberitahuan untuk akun Anda", "id"],
  ["Denne siden beskriver hvordan du oppretter og endrer varslinger for kontoen din", "no"],
  ["Ang pahinang ito ay naglalarawan kung paano gumawa at magbago ng mga tagapangasiwa ng abiso", "tl"],
  // One of the two libraries knows these.
  ["Ukurasa huu unaeleza jinsi ya kuunda na kubadilisha vishughulikiaji vya arifa kwa akaunti yako", "sw"],
  ["Bu sahypa hasabyňyz üçin habarnamalary nädip döretmelidigini düşündirýär", "tk"],
  ["Paj sa a eksplike kijan pou kreye ak chanje jesyonè notifikasyon pou kont ou", "ht"],
  ["12345", undefined],
  ["Ⱀⱁⱂⱃ ⰀⰁⰂ ⰀⰁⰂⰃ", undefined],
  ["", undefined],
])("%s is in %s", (text, language) => {
  expect(guessLanguage(text)).toBe(language);
});

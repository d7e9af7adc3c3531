/** The words of a page in its language, which an importer must not need to know. */
export interface Words {
  readonly title: string;
  readonly heading: readonly [string, string, string];
  readonly optional: string;
  readonly required: string;
  readonly integer: string;
  readonly string: string;
  readonly boolean: string;
  /** Around a default, a list, a condition and the form of a datetime: what stands before and behind. */
  readonly default: readonly [string, string];
  readonly list: readonly [string, string];
  readonly condition: readonly [string, string];
  readonly format: readonly [string, string];
  /** Between the items of a list. */
  readonly comma: string;
  /** Descriptions without further information. */
  readonly page: string;
  readonly size: string;
  readonly search: string;
}

/** Made-up words in a given alphabet: `syllable` returns a different one each time. */
export function nonsense(syllable: () => string): Words {
  const word = () => syllable() + syllable();
  const phrase = (count: number) => Array.from({ length: count }, word).join(" ");
  return {
    title: phrase(2),
    heading: [word(), word(), word()],
    optional: word(),
    required: word(),
    integer: phrase(2),
    string: word(),
    boolean: word(),
    default: [`${phrase(2)} `, "."],
    list: [`${phrase(2)}: `, "."],
    condition: [`${phrase(2)}: `, " "],
    format: [`${word()} (`, ")"],
    comma: ", ",
    page: phrase(5),
    size: phrase(4),
    search: phrase(3),
  };
}

/** The languages of the five pages, as far as their words are needed to write pages like theirs, and some that differ in what matters. */
export const languages: Readonly<Record<string, Words>> = {
  en: {
    title: "Notification handlers",
    heading: ["Parameter", "Details", "Description"],
    optional: "Optional",
    required: "Required",
    integer: "Integer",
    string: "String",
    boolean: "Boolean",
    default: ["Defaults to ", "."],
    list: ["Allowed values are: ", "."],
    condition: ["Available when: ", " "],
    format: ["Format: ", ""],
    comma: " , ",
    page: "The page number that you want results from.",
    size: "How many results you want per page.",
    search: "The search string.",
  },
  // Words run together, and full-width punctuation.
  zh: {
    title: "通知处理程序",
    heading: ["参数", "详情", "描述"],
    optional: "可选",
    required: "必填",
    integer: "整数",
    string: "字符串",
    boolean: "布尔值",
    default: ["默认为", "。"],
    list: ["允许的值：", "。"],
    condition: ["当", "时可用："],
    format: ["格式为", "。"],
    comma: "、",
    page: "您想要结果的页码。",
    size: "每页需要多少结果。",
    search: "搜索字符串。",
  },
  // What explains a word stands glued behind it.
  tr: {
    title: "Bildirim işleyicileri",
    heading: ["Parametreler", "Detaylar", "Açıklama"],
    optional: "İsteğe bağlı",
    required: "Gerekli",
    integer: "Tam sayı",
    string: "Metin",
    boolean: "Mantıksal",
    default: ["Varsayılan olarak ", "'dir."],
    list: ["İzin verilen değerler: ", "."],
    condition: ["Şu durumda kullanılabilir: ", " "],
    format: ["Biçim: ", ""],
    comma: " , ",
    page: "Sonuçlarını istediğiniz sayfa numarası.",
    size: "Sayfa başına kaç sonuç istediğiniz.",
    search: "Arama metni.",
  },
  // From right to left, with a comma and digits of its own.
  ar: {
    title: "معالجات الإشعارات",
    heading: ["المعاملات", "التفاصيل", "الوصف"],
    optional: "اختياري",
    required: "مطلوب",
    integer: "عدد صحيح",
    string: "نص",
    boolean: "قيمة منطقية",
    default: ["القيمة الافتراضية هي ", "."],
    list: ["القيم المسموح بها هي: ", "."],
    condition: ["متاح عندما: ", " "],
    format: ["التنسيق: ", ""],
    comma: "، ",
    page: "رقم الصفحة التي تريد النتائج منها.",
    size: "عدد النتائج التي تريدها في كل صفحة.",
    search: "نص البحث.",
  },
  // A danda ends sentences.
  hi: {
    title: "सूचना हैंडलर",
    heading: ["पैरामीटर", "विवरण", "वर्णन"],
    optional: "वैकल्पिक",
    required: "आवश्यक",
    integer: "पूर्णांक",
    string: "स्ट्रिंग",
    boolean: "बूलियन",
    default: ["डिफ़ॉल्ट मान ", " है।"],
    list: ["अनुमत मान हैं: ", "।"],
    condition: ["उपलब्ध जब: ", " "],
    format: ["प्रारूप ", "।"],
    comma: ", ",
    page: "वह पृष्ठ संख्या जिससे आप परिणाम चाहते हैं।",
    size: "प्रति पृष्ठ कितने परिणाम चाहिए।",
    search: "खोज पाठ।",
  },
  // Its full stop looks like a colon, and its colon like an accent.
  hy: {
    title: "Ծանուցումների մշակիչներ",
    heading: ["Պարամետրեր", "Մանրամասներ", "Նկարագրություն"],
    optional: "Ընտրովի",
    required: "Պարտադիր",
    integer: "Ամբողջ թիվ",
    string: "Տող",
    boolean: "Տրամաբանական",
    default: ["Լռելյայն՝ ", "։"],
    list: ["Թույլատրելի արժեքներ՝ ", "։"],
    condition: ["Հասանելի է, երբ՝ ", " "],
    format: ["Ձևաչափը՝ ", "։"],
    comma: ", ",
    page: "Էջի համարը, որի արդյունքները ցանկանում եք։",
    size: "Քանի արդյունք եք ցանկանում մեկ էջում։",
    search: "Որոնման տեքստը։",
  },
  // No spaces between words, no full stop.
  th: {
    title: "ตัวจัดการการแจ้งเตือน",
    heading: ["พารามิเตอร์", "รายละเอียด", "คำอธิบาย"],
    optional: "ไม่บังคับ",
    required: "จำเป็น",
    integer: "จำนวนเต็ม",
    string: "สตริง",
    boolean: "บูลีน",
    default: ["ค่าเริ่มต้นคือ", ""],
    list: ["ค่าที่อนุญาต:", " "],
    condition: ["ใช้ได้เมื่อ", " "],
    format: ["รูปแบบ", ""],
    comma: " , ",
    page: "หมายเลขหน้าที่คุณต้องการผลลัพธ์",
    size: "จำนวนผลลัพธ์ที่คุณต้องการต่อหน้า",
    search: "ข้อความค้นหา",
  },
  // A particle behind each value, the condition's included.
  ja: {
    title: "通知ハンドラー",
    heading: ["パラメータ", "詳細", "説明"],
    optional: "任意",
    required: "必須",
    integer: "整数",
    string: "文字列",
    boolean: "真偽値",
    default: ["デフォルトは", "です。"],
    list: ["許可される値：", "です。"],
    condition: ["", "の場合に利用可能："],
    format: ["形式は", "です。"],
    comma: "、",
    page: "結果を取得したいページ番号。",
    size: "ページごとの結果数。",
    search: "検索文字列。",
  },
  am: {
    title: "የማሳወቂያ ተቆጣጣሪዎች",
    heading: ["መለኪያዎች", "ዝርዝሮች", "መግለጫ"],
    optional: "አማራጭ",
    required: "አስፈላጊ",
    integer: "ሙሉ ቁጥር",
    string: "ጽሑፍ",
    boolean: "ቡሊያን",
    default: ["ነባሪው ", " ነው።"],
    list: ["የተፈቀዱ እሴቶች፦ ", "።"],
    condition: ["የሚገኘው፦ ", " "],
    format: ["ቅርጸት፦ ", "።"],
    comma: "፣ ",
    page: "ውጤቶችን የሚፈልጉበት የገጽ ቁጥር።",
    size: "በአንድ ገጽ ስንት ውጤቶች ይፈልጋሉ።",
    search: "የፍለጋ ጽሑፍ።",
  },
  pl: {
    title: "Obsługa powiadomień",
    heading: ["Parametry", "Szczegóły", "Opis"],
    optional: "Nie wymagane",
    required: "Wymagane",
    integer: "Liczba całkowita",
    string: "Ciąg znaków",
    boolean: "Wartość logiczna",
    default: ["Domyślnie ", "."],
    list: ["Dozwolone wartości: ", "."],
    condition: ["Dostępne, gdy: ", " "],
    format: ["Format: ", ""],
    comma: ", ",
    page: "Numer strony, z której chcesz wyniki.",
    size: "Ile wyników chcesz na stronie.",
    search: "Szukany tekst.",
  },
};

"""What the demo's scans are: drawings of our own in the manner of a rubbing, a map and a book, marked as samples."""

from dataclasses import dataclass, field

BOOK_TEXT = (
    (
        "Trang mẫu thứ nhất",
        "Đây là trang mẫu do phần mềm viết ra để thử việc đọc và tìm chữ trong ảnh quét.",
        "Người làm lưu trữ đặt từng tờ giấy lên bàn quét, ghi số hiệu, rồi đối chiếu với sổ đăng ký.",
        "Mỗi tờ có một ảnh gốc giữ nguyên và một ảnh dùng để xem.",
        "Bạn đọc phóng to đến từng nét chữ mà không phải mở hộp lưu trữ.",
    ),
    (
        "Trang mẫu thứ hai",
        "Mái chùa, tháp chuông và cây đa được vẽ bằng vài nét mực.",
        "Văn bia thường có trán bia, thân bia và đế bia; trán bia hay chạm mặt trời và mây.",
        "Bản dập giữ lại nét khắc bằng giấy và mực, chữ hiện màu trắng trên nền đen.",
        "Khi bia mòn dần, bản dập cũ trở thành nguồn tư liệu quý.",
    ),
    (
        "Trang mẫu thứ ba",
        "Bản đồ xưa vẽ sông bằng nét đôi, vẽ núi như những ngọn sóng.",
        "Tên làng viết cạnh ngôi đình, tên bến viết cạnh con thuyền.",
        "Muốn so bản đồ xưa với bản đồ nay, cần tìm những điểm còn giữ tên.",
        "Sông đổi dòng, tên xã thay đổi, nhưng ngọn núi ở lại.",
    ),
    (
        "Trang mẫu cuối",
        "Tư liệu số cần người giữ gìn như tư liệu giấy.",
        "Tệp gốc được tính dấu vân SHA-256 và kiểm tra lại định kỳ.",
        "Trang này không chép từ sách nào và không nói về nơi có thật nào.",
        "Hết phần mẫu.",
    ),
)


@dataclass(frozen=True)
class Page:
    label_vi: str = ""
    label_en: str = ""


@dataclass(frozen=True)
class DrawnScan:
    """One object of the demo; `kind` names how it is drawn, `record` what it belongs to."""

    identifier: str
    record: str
    kind: str
    label_vi: str
    label_en: str
    summary_vi: str
    summary_en: str
    pages: tuple[Page, ...] = (Page("Mặt trước", "Front"),)
    behavior: str = "individuals"
    viewing_direction: str = "left-to-right"
    size: tuple[int, int] = field(default=(4500, 6000))


def _rubbing(number: str, identifier: str = "") -> DrawnScan:
    return DrawnScan(
        identifier or number,
        number,
        "rubbing",
        f"Bản dập bia ({number}) – BẢN MẪU",
        f"Rubbing of a stele ({number}) – SAMPLE",
        "Hình vẽ theo lối bản dập văn bia; các nét không phải chữ thật.",
        "A drawing in the manner of a rubbing; its strokes are no real characters.",
    )


def _map(number: str) -> DrawnScan:
    return DrawnScan(
        number,
        number,
        "map",
        f"Bản đồ vẽ tay ({number}) – BẢN MẪU",
        f"Hand-drawn map ({number}) – SAMPLE",
        "Bản đồ tưởng tượng, vẽ theo lối xưa; không chỉ nơi có thật nào.",
        "An imaginary map in an old manner; it shows no real place.",
        size=(6000, 4500),
    )


def _book(number: str, identifier: str) -> DrawnScan:
    return DrawnScan(
        identifier,
        number,
        "book",
        f"Sổ ghi chép ({number}) – BẢN MẪU",
        f"Notebook ({number}) – SAMPLE",
        "Bốn trang chữ do phần mềm viết, có lớp văn bản để tìm trong ảnh.",
        "Four pages of text written by the software, with a text layer for search within.",
        tuple(Page(f"Trang {n}", f"Page {n}") for n in range(1, len(BOOK_TEXT) + 1)),
        "paged",
        size=(2400, 3400),
    )


DRAWN = (
    _rubbing("TB01"),
    _book("TB01", "TB01-2"),
    _map("HU01"),
    _rubbing("HU03"),
    _map("TN01"),
    _rubbing("TN05"),
    _book("BT01", "BT01"),
)

package report

import (
	"strings"
	"testing"
)

// Laws and official letters begin with a block that is neither title nor authors;
// the title stands below it.
func TestLetterheads(t *testing.T) {
	const state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
	const text = "\nCăn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n\nVăn bản này quy định về bến thuyền ở hồ.\n"
	for _, test := range []struct{ name, file, head, title, date, kept string }{
		{"a law", "a.txt", "QUỐC HỘI\n-------\n" + state + "---------------\nLuật số: 23/2004/QH11\nHà Nội, ngày 15 tháng 6 năm 2004\n\nLUẬT\nĐƯỜNG THỦY NỘI ĐỊA\n", "LUẬT ĐƯỜNG THỦY NỘI ĐỊA", "2004-06-15", "QUỐC HỘI/Luật số: 23/2004/QH11"},
		{"without the place and the day", "a.txt", "QUỐC HỘI\nLuật số: 23/2004/QH11\n" + state + "\nLUẬT\n\nĐƯỜNG THỦY NỘI ĐỊA\n\n", "LUẬT ĐƯỜNG THỦY NỘI ĐỊA", "", "QUỐC HỘI/Luật số: 23/2004/QH11"},
		{"two columns", "a.txt", "CHÍNH PHỦ              CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n-------                  Độc lập - Tự do - Hạnh phúc\n                         -------------\nSố: 12/2023/NĐ-CP        Hà Nội, ngày 05 tháng 4 năm 2023\n\n            NGHỊ ĐỊNH\n  Quy định về quản lý bến thuyền\n\n", "NGHỊ ĐỊNH Quy định về quản lý bến thuyền", "2023-04-05", "CHÍNH PHỦ/Số: 12/2023/NĐ-CP"},
		{"the number and the day in one line", "a.txt", "QUỐC HỘI\n" + state + "Luật số: 23/2004/QH11 Hà Nội, ngày 15 tháng 6 năm 2004\n\nLUẬT\nĐƯỜNG THỦY NỘI ĐỊA\n", "LUẬT ĐƯỜNG THỦY NỘI ĐỊA", "2004-06-15", "QUỐC HỘI/Luật số: 23/2004/QH11"},
		{"a report of a district", "a.txt", "ỦY BAN NHÂN DÂN\nHUYỆN ĐÁ MÀI\n" + state + "Số: 45/BC-UBND\nĐá Mài, ngày 3 tháng 1 năm 2024\n\nBÁO CÁO\nKết quả kiểm tra bến đò năm 2023\n\n", "BÁO CÁO Kết quả kiểm tra bến đò năm 2023", "2024-01-03", "ỦY BAN NHÂN DÂN/HUYỆN ĐÁ MÀI/Số: 45/BC-UBND"},
		{"a letter with its subject on the left", "a.txt", "SỞ GIAO THÔNG\n" + state + "Số: 9/SGT-KH\nV/v sửa bến Cây Gạo\nHà Nam, ngày 7/2/2024\n\nKính gửi: Ủy ban nhân dân huyện Đá Mài.\n", "V/v sửa bến Cây Gạo", "2024-02-07", "SỞ GIAO THÔNG/Số: 9/SGT-KH/V/v sửa bến Cây Gạo"},
		{"a table of HTML", "a.html", "<table><tr><td><p>CHÍNH PHỦ<br>-------</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>---------------</p></td></tr><tr><td>Số: 12/2023/NĐ-CP</td><td>Hà Nội, ngày 05 tháng 4 năm 2023</td></tr></table><p>NGHỊ ĐỊNH</p><p>QUY ĐỊNH VỀ QUẢN LÝ BẾN THUYỀN</p><p>Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;</p><p>Văn bản này quy định về bến thuyền ở hồ.</p>", "NGHỊ ĐỊNH QUY ĐỊNH VỀ QUẢN LÝ BẾN THUYỀN", "2023-04-05", "CHÍNH PHỦ/Số: 12/2023/NĐ-CP"},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := test.head
			if test.file == "a.txt" {
				data += text
			}
			r, err := Read(test.file, []byte(data))
			if err != nil {
				t.Fatal(err)
			}
			if r.Title != test.title || r.Date != test.date || len(r.Authors) > 0 {
				t.Errorf("title %q, date %q, authors %q; want %q, %q, none", r.Title, r.Date, r.Authors, test.title, test.date)
			}
			var kept []string
			for _, p := range r.Paragraphs {
				if s := p.Sentences[0].Text; !strings.HasPrefix(s, "Căn cứ") && !strings.HasPrefix(s, "Văn bản") && !strings.HasPrefix(s, "Kính gửi") {
					kept = append(kept, s)
				}
			}
			if got := strings.Join(kept, "/"); got != test.kept {
				t.Errorf("kept %q, want %q", got, test.kept)
			}
		})
	}
}

// What has some of the signs in its text is no such block.
func TestNoLetterhead(t *testing.T) {
	r := read(t, "Bến đò qua các thời", "Trần Thu Hà và Lê Minh Khôi", "Mở đầu", "Nước Cộng hòa xã hội chủ nghĩa Việt Nam có nhiều bến đò.", "Số: 12/2023 là một số hiệu.")
	if r.Title != "Bến đò qua các thời" || len(r.Authors) != 2 {
		t.Errorf("title %q, authors %q", r.Title, r.Authors)
	}
}

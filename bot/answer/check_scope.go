package answer

import "fmt"

// scopes are words that say of how much, or how surely, something is true. A
// claim may have one only where a cited sentence has it too.
var scopes = []struct {
	name   string
	claim  wordings
	except wordings // what has such a word without meaning it
	source wordings
	single bool // it is of one, which one among several is not
}{
	{"only", wordingsOf("duy nhất,độc nhất,chỉ có,chỉ,only,sole,solely,exclusively,nothing but,единственн*,только,лишь,유일*,오직"),
		wordingsOf("chỉ huy,chỉ định,chỉ trích,chỉ thị,chỉ ra,chỉ số,chỉ đạo,not only,không chỉ,chỉ là,chỉ nói,chỉ cho biết,chỉ vào khoảng,chỉ khoảng,chỉ chừng,chỉ trong vòng,chỉ trong vài,chỉ trong những,only about,only around"),
		wordingsOf("duy nhất,độc nhất,chỉ,riêng,độc quyền,độc lập,mới"), true},
	{"all", wordingsOf("tất cả,toàn bộ,toàn thể,mọi,all,every,entire,entirely,always,luôn,luôn luôn,все,всех,всегда,모든,모두"),
		wordingsOf("in all,of all,all in,after all,at all,every day,for every,for all,first of all,all the more,all of the"),
		wordingsOf("tất cả,toàn bộ,toàn,mọi,cả,đều,mỗi,từng,bất cứ,bất kỳ,cứ,hoàn toàn,đầy đủ,tổng,luôn,các,nhiều lần"), false},
	{"most", wordingsOf("hầu hết,phần lớn,đa số,đa phần,quá nửa,most of,majority,mostly,most north,most russian,most troops,most soldiers,большинств*,대부분,대다수"),
		wordings{}, wordingsOf("hầu hết,phần lớn,đa số,đa phần,chủ yếu,nhất,hơn 90,hơn một nửa,quá nửa,gần như"), false},
	{"first", wordingsOf("đầu tiên,lần đầu,thứ nhất,sớm nhất,first,earliest,впервые,первы*,первой,первую,최초,처음"),
		wordingsOf("first of all,first lieutenant"),
		wordingsOf("đầu tiên,lần đầu,thứ nhất,đầu,chưa từng,trước tiên,trước hết,chưa hề"), true},
	{"second", wordingsOf("thứ hai,đợt hai,lần hai,second wave,second batch,second group,second time,вторая волна,второй,2차"), wordingsOf("second world"),
		wordingsOf("thứ hai,đợt hai,lần hai,hai lần,lần nữa,lại,khác"), false},
	{"last", wordingsOf("cuối cùng,lần cuối,sau cùng,last time,final,finally,the last,последн*,마지막"),
		wordingsOf("last year,last month,last week"),
		wordingsOf("cuối,cuối cùng,sau cùng,chốt,gần nhất"), false},
	{"the most", wordingsOf("nhất,largest,biggest,greatest,highest,best,worst,strongest,the most,leading,крупнейш*,наибол*,самый,самая,самое,самым,самого,самой,самую,самые,самых,самыми,최대"),
		wordingsOf("sớm nhất,nhất là,nhất trí,nhất định,gần nhất,mới nhất,at best"),
		wordingsOf("nhất,chính,hàng đầu,cao nhất,dẫn đầu,tối đa,tới"), true},
	{"certain", wordingsOf("chắc chắn,nhất định,certainly,definitely,surely,undoubtedly,inevitably,guaranteed,без сомнения,безусловно,반드시,확실히"),
		wordingsOf("không chắc chắn,chưa chắc chắn"),
		wordingsOf("chắc chắn,nhất định,đảm bảo,bảo đảm,rõ ràng"), false},
	{"never", wordingsOf("never,không bao giờ,chưa bao giờ,никогда,결코,전혀"),
		wordings{}, wordingsOf("chưa từng,không bao giờ,chưa bao giờ,chưa hề,chưa,không,chẳng,hoàn toàn"), false},
	{"no longer", wordingsOf("no longer,không còn,ngừng,dừng,tạm dừng,chấm dứt,stopped,stops,stop,ceased,cease,halted,suspended,discontinued,не больше,больше не,더 이상"),
		wordingsOf("to stop,không ngừng,để ngừng,ngừng bắn"), wordingsOf("không còn,tạm,gián đoạn,ngăn,thôi,bỏ,ngừng,dừng,chấm dứt,từ bỏ,mất,thay,kết thúc,giảm,bớt,không,chưa,khép lại,đóng,cắt đứt"), false},
	{"already", wordingsOf("already,từ lâu,уже,이미"),
		wordings{}, wordingsOf("đã,từng,rồi,nay,từ lâu,vốn"), false},
}

// scopeFault refuses a statement that says more than the sentence does: all for
// some, the only one for one, the first for one of the first.
func scopeFault(s *statement, r *reading) string {
	for _, scope := range scopes {
		if s.firstOf(scope.claim, scope.except) < 0 {
			continue
		}
		places := scope.source.in(r.words)
		if len(places) == 0 {
			return fmt.Sprintf("no cited sentence says %q", scope.name)
		}
		if scope.single && len(places) == 1 && len(among.in(s.words)) == 0 && r.amongOthers(places[0]) {
			return fmt.Sprintf("the cited sentence says %q of one among several", scope.name)
		}
	}
	return ""
}

// amongOthers reports whether word at says something of one among others.
func (r *reading) amongOthers(at int) bool {
	const reach = 8
	for _, from := range among.in(r.words) {
		if at > from && at-from <= reach && r.clause[at] == r.clause[from] {
			return true
		}
	}
	return false
}

// among says that there are others like it.
var among = wordingsOf("một trong,trong số,nằm trong số,thuộc số,trong những,one of,among,одна из,один из,одно из,одной из,одним из,среди,가운데,중 하나,하나")

// firstOf returns the first place of a list in the claim; -1 for none.
func (s *statement) firstOf(list, except wordings) int {
	for i := range s.words {
		to, ok := list.at(s.words, i)
		if !ok || s.framing[i] {
			continue
		}
		spared := false
		for j := max(0, i-2); j <= i; j++ {
			end, isException := except.at(s.words, j)
			spared = spared || isException && end >= to
		}
		spared = spared || s.words[i].Exact == "nhất" && i > 0 && beforeOne[s.words[i-1].Exact]
		if !spared {
			return i
		}
	}
	return -1
}

// beforeOne are the syllables with which nhất is another word.
var beforeOne = wordSet(`ít thống thứ duy hợp đồng`)
